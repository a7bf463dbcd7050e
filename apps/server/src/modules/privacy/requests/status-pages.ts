import { Text } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import { exportPath } from '../erasure/index.ts'
import { sendPage } from '../pages/page-layout.ts'
import { legalFacts } from '../policies/legal-facts.ts'
import { toldBecauseOf } from '../registers/disclosures/recipient-notices.ts'
import { appealByLink } from './appeal-request.ts'
import { confirmHandOver } from './hand-over.ts'
import { type Ask, atCase, keptLanguage, readerOf } from './page-door.ts'
import { presentWork } from './present-work.ts'
import { requestTranslator } from './request.words.ts'
import { deadLink } from './request-link.ts'
import { statusPage } from './status-page.ts'
import { requestSurroundings } from './surroundings.ts'

/** How far a case is. Opening it changes nothing. */
export async function showStatus(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atCase(request, 'status', async (tx, row, link, business) => {
    const { locale, tag } = readerOf(request, row.locale, business.locale)
    const t = requestTranslator(locale)
    const { token } = request.params
    const work = await presentWork(tx, row.id, () => '')
    const told = await toldBecauseOf(tx, row.id)
    const { fault } = request.query
    const legal = await legalFacts(tx)
    return () =>
      sendPage(reply, {
        locale,
        title: t('status/title', { number: String(row.number), kind: t(`kind/${row.kind}`) }),
        business,
        main: statusPage(t, {
          row,
          work,
          told,
          tag,
          now: requestSurroundings.get().database.clock(),
          token,
          whole: link.whole,
          isNew: request.query.new === '1',
          fault: fault === 'reason' || fault === 'endpoint' ? fault : null,
        }),
        inLanguage: (other) => `/rights/status/${token}?lang=${other}`,
        languages: t('languages'),
        legal,
      })
  })
}

/** She is not satisfied and says why. */
export async function takeAppeal(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atCase(request, 'status', async (tx, row, link) => {
    if (!link.whole) throw deadLink()
    const { reason } = (request.body ?? {}) as { readonly reason?: unknown }
    const text = Text(10_000).safeParse(reason)
    const back = `/rights/status/${request.params.token}`
    if (!text.success || text.data === '') return () => reply.redirect(`${back}?fault=reason${keptLanguage(request)}`, 303)
    await appealByLink(tx, { kind: 'visitor', workspaceId: tx.workspaceId }, { requestId: row.id, reason: text.data })
    return () => reply.redirect(`${back}?lang=${readerOf(request, row.locale).locale}`, 303)
  })
}

/** Fetches the copy: a path of fifteen minutes, given to whoever came by the link that went to the address on file. Never mailed. */
export async function takeCopy(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atCase(request, 'status', async (tx, row, link) => {
    if (!link.whole) throw deadLink()
    const copy = (await presentWork(tx, row.id, () => '')).findLast((one) => one.copy !== null)?.copy
    if (!copy) throw deadLink()
    const { path } = await exportPath(tx, copy.exportId)
    return () => reply.header('cache-control', 'no-store').redirect(path, 303)
  })
}

/** She names the provider that takes her data over, or confirms the one that was noted. */
export async function takeHandOver(request: Ask, reply: FastifyReply): Promise<FastifyReply> {
  return atCase(request, 'status', async (tx, row, link) => {
    if (!link.whole) throw deadLink()
    const { endpoint } = (request.body ?? {}) as { readonly endpoint?: unknown }
    const back = `/rights/status/${request.params.token}`
    try {
      const named = typeof endpoint === 'string' ? endpoint.trim() : undefined
      await confirmHandOver(tx, { kind: 'visitor', workspaceId: tx.workspaceId }, { requestId: row.id, endpoint: named })
    } catch (error) {
      if (error instanceof Refusal && error.type === 'http/invalid-request')
        return () => reply.redirect(`${back}?fault=endpoint${keptLanguage(request)}`, 303)
      throw error
    }
    return () => reply.redirect(`${back}?lang=${readerOf(request, row.locale).locale}`, 303)
  })
}
