import { formats, type Locale } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Certificate, findCertificate } from '../../../platform/audit/index.ts'
import { type Html, html, RateLimiter } from '../../../platform/http/index.ts'
import { erasureSurroundings } from '../erasure/index.ts'
import { requireSlowly } from '../pages/copy-door.ts'
import { localeOf, sendPage } from '../pages/page-layout.ts'
import { leavingTranslator } from './leaving.words.ts'
import { workspaceDataSchema } from './workspace-data-schema.ts'
import { workspaceCopies } from './workspace-export-link.ts'

type WithToken = FastifyRequest<{ Params: { token: string } }>
type WithHash = FastifyRequest<{ Params: { sha256: string } }>

/** Downloads a part of the copy, says how it is made, and shows a certificate of deletion to whoever has its hash. */
export function leavingPages(app: FastifyInstance): void {
  const limiter = new RateLimiter()
  app.get('/workspace-exports/:token', { config: { page: 'page' } }, (request: WithToken, reply) =>
    workspaceCopies.download(limiter, request, reply),
  )
  app.get('/deletions/:sha256', (request: WithHash, reply) => showCertificate(limiter, request, reply))
  app.get('/api/schemas/workspace-data.json', async (_request, reply) =>
    reply.type('application/schema+json').header('cache-control', 'no-cache').send(JSON.stringify(workspaceDataSchema)),
  )
}

async function showCertificate(limiter: RateLimiter, request: WithHash, reply: FastifyReply): Promise<FastifyReply> {
  const { database } = erasureSurroundings.get()
  requireSlowly(limiter, request, database.clock())
  const { sha256 } = request.params
  const found = /^[0-9a-f]{64}$/.test(sha256) ? await findCertificate(database.outside, sha256) : undefined
  const locale = localeOf(request)
  const t = leavingTranslator(locale)
  return sendPage(
    reply,
    {
      locale,
      title: found ? t('deletion/title') : t('deletion/unknown'),
      main: found ? certificate(found, sha256, locale) : html`<p>${t('deletion/unknownText')}</p>`,
      inLanguage: (other) => `/deletions/${encodeURIComponent(sha256)}?lang=${other}`,
      languages: t('languages'),
    },
    found ? 200 : 404,
  )
}

function certificate(told: Certificate, sha256: string, locale: Locale): Html {
  const t = leavingTranslator(locale)
  const as = formats(locale, 'UTC')
  const moment = (text: string) => `${as.dateTime(Temporal.Instant.from(text))} (UTC)`
  const facts = [
    [t('deletion/number'), as.number(told.sequence)],
    [t('deletion/workspace'), told.workspace],
    [t('deletion/closed'), moment(told.closedAt)],
    [t('deletion/deleted'), moment(told.deletedAt)],
    [t('deletion/rows'), as.number(told.rows)],
    [t('deletion/hash'), sha256],
    [t('deletion/before'), told.before ?? t('deletion/first')],
  ] as const
  return html`<p>${t('deletion/found')}</p>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<p>${t('deletion/compare')}</p>
<h2>${t('deletion/tables')}</h2>
<dl>${Object.entries(told.tables).map(([table, rows]) => html`<dt>${table}</dt><dd>${as.number(rows)}</dd>`)}</dl>`
}
