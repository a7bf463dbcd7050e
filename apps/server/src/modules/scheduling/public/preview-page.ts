import { Slug } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import { allowFraming, html, renderHtml } from '../../../platform/http/index.ts'
import { businessFacts } from '../business.ts'
import { embedScript } from '../embed/embed-script.ts'
import { enterPage } from '../enter-page.ts'
import { surroundings } from '../surroundings.ts'
import { isColour } from './address.rules.ts'
import { staffIn } from './ask-times.ts'
import { assetPath } from './assets.ts'
import type { PageRequest } from './page-answers.ts'
import { visitOf } from './visit.ts'

/** The three ways to stand on another site. */
export const embedModes = ['inline', 'popup', 'button'] as const

/** `/embed/preview/<business>`: a page that stands for the owner's own site, with the script on it. Only this house frames it. */
export async function showPreview(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { database } = surroundings.get()
  const { workspaceId } = await enterPage(database, request.params.business ?? '')
  const { path, query, languages } = request
  const visit = await database.inWorkspace(
    workspaceId,
    async (tx) => visitOf({ business: await businessFacts(tx), path, query: { lang: query.lang ?? '' }, languages, now: tx.now }),
    { readOnly: true },
  )
  const { t, tag, direction, business } = visit
  const mode = embedModes.find((one) => one === query.mode) ?? 'inline'
  const service = Slug.safeParse(query.service)
  const person = staffIn(query.person)
  const page = html`<!doctype html>
<html lang="${tag}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${t('previewSite')} · ${business.name}</title><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${assetPath('booking.css')}"></head>
<body><main class="preview" id="main"><h1>${t('previewSite')}</h1><p class="soft">${t('previewText')}</p>
<script src="${embedScript.path}" data-business="${business.slug}"${service.success && html` data-service="${service.data}"`}${person && html` data-person="${person}"`} data-mode="${mode}"${isColour(query.colour ?? '') && html` data-colour="#${query.colour}"`}${(query.theme === 'light' || query.theme === 'dark') && html` data-theme="${query.theme}"`} data-language="${visit.locale}"${query.label && html` data-label="${query.label.slice(0, 60)}"`}${query.side === 'left' && html` data-side="left"`}></script>
</main></body>
</html>
`
  allowFraming(reply, [])
  const policy = `${String(reply.getHeader('content-security-policy'))}; frame-src 'self'`
  return reply
    .header('content-security-policy', policy)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(renderHtml(page))
}
