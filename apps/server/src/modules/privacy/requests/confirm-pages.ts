import { Line } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import { type Html, html } from '../../../platform/http/index.ts'
import type { WorkspaceFacts } from '../../accounts/index.ts'
import { sendPage } from '../pages/page-layout.ts'
import { type LegalFacts, legalFacts } from '../policies/legal-facts.ts'
import { type Ask, atCase, readerOf } from './page-door.ts'
import type { StoredRequest } from './request.tables.ts'
import { type RequestTranslator, requestTranslator } from './request.words.ts'
import { statusPath } from './request-link.ts'
import { confirmByLink } from './verify-request.ts'

/** The page on which whoever reads the address on file says that it was her. Opening it changes nothing. */
export async function showConfirm(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atCase(request, 'proof', async (tx, row, _link, business) => {
    const status = statusPath(tx, row.id, 'whole')
    if (row.state !== 'verifying') return () => reply.redirect(status, 303)
    const legal = await legalFacts(tx)
    return () => sendConfirm(request, reply, row, business, legal, false)
  })
}

/** She says that it was her, and signs where the strict proof is asked for. */
export async function takeConfirm(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atCase(request, 'proof', async (tx, stored, _link, business) => {
    const { signature } = (request.body ?? {}) as { readonly signature?: unknown }
    const signedAs = Line(200).safeParse(signature).data
    const { row, missing } = await confirmByLink(tx, { kind: 'visitor', workspaceId: tx.workspaceId }, { requestId: stored.id, signedAs })
    const legal = await legalFacts(tx)
    if (missing) return () => sendConfirm(request, reply, row, business, legal, true)
    const { locale } = readerOf(request, row.locale, business.locale)
    const path = `${statusPath(tx, row.id, 'whole')}?lang=${locale}`
    if (row.state !== 'verifying') return () => reply.redirect(path, 303)
    const t = requestTranslator(locale)
    return () =>
      sendPage(reply, {
        locale,
        title: t('confirm/title'),
        business,
        legal,
        main: html`<p role="status">${t(row.for_whom === 'child' ? 'confirm/child' : 'confirm/strict', { business: business.name })}</p>`,
      })
  })
}

function sendConfirm(request: Ask, reply: FastifyReply, row: StoredRequest, business: WorkspaceFacts, legal: LegalFacts, fault: boolean) {
  const { locale } = readerOf(request, row.locale, business.locale)
  const t = requestTranslator(locale)
  const path = `/rights/confirm/${request.params.token}`
  return sendPage(
    reply,
    {
      locale,
      title: t('confirm/title'),
      business,
      main: confirmForm(t, `${path}?lang=${locale}`, row, business.name, fault),
      inLanguage: (other) => `${path}?lang=${other}`,
      languages: t('languages'),
      legal,
    },
    fault ? 422 : 200,
  )
}

function confirmForm(t: RequestTranslator, action: string, row: StoredRequest, business: string, fault: boolean): Html {
  const vars = { business, kind: t(`kind/${row.kind}`) }
  const strict = row.proof_level === 'strict' && row.declared_at === null
  return html`<p>${t('confirm/text', vars)}</p>${row.for_whom === 'agent' && html`<p>${t('confirm/agent', { agent: row.agent_name ?? '' })}</p>`}
<form method="post" action="${action}">${
    strict &&
    html`<h2>${t('declare/title')}</h2><p>${t('declare/text', { business })}</p><div class="field"><label for="signature">${t('declare/name')}</label><input type="text" id="signature" name="signature" autocomplete="name" required maxlength="200"${fault && html` aria-invalid="true" aria-describedby="signature-fault"`}>${fault && html`<p class="fault" id="signature-fault">${t('declare/fault')}</p>`}</div>`
  }<button>${t(strict ? 'declare/button' : 'confirm/button')}</button></form>`
}
