import type { WorkspaceId } from '@frontdesk/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Database, WorkspaceTx } from '../../../platform/database/index.ts'
import { languagesOf, type Signals, signalsOf } from '../../../platform/http/index.ts'
import { workspaceBySlug } from '../../accounts/index.ts'
import { consentSurroundings } from '../consents/surroundings.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import { familiesOf, referrerHost, truncatedNetwork } from './web-log.rules.ts'

/** One look at a public page, before it is written down. The network stays in memory, for seconds. */
type Seen = {
  readonly slug: string
  readonly at: Temporal.Instant
  readonly page: string
  readonly status: number
  readonly browser: string
  readonly platform: string
  readonly language: string | null
  readonly referrer: string | null
  readonly network: string
  readonly signals: Signals
}

const FLUSH_MS = 5000
/** More than this is written at once; what comes while the database is away and goes beyond it is not kept. */
const MOST = 500

/**
 * The web log of the public pages of businesses: page, time, status, families of browser and system, language, referring host, and a keyed hash of the truncated network that changes
 * every day. No address, no query, no link that is somebody's own, and nothing that leads to an account. Pages never wait for it.
 */
export function webLog(app: FastifyInstance): { flush(): Promise<void> } {
  let waiting: Seen[] = []
  let timer: NodeJS.Timeout | undefined
  const flush = async () => {
    clearTimeout(timer)
    timer = undefined
    const batch = waiting
    waiting = []
    await writeDown(consentSurroundings.get().database, batch)
  }
  app.addHook('onResponse', async (request, reply) => {
    const seen = seenOf(request, reply)
    if (!seen || waiting.length >= MOST) return
    waiting.push(seen)
    timer ??= setTimeout(() => void flush().catch(() => undefined), FLUSH_MS).unref()
  })
  app.addHook('onClose', () => flush().catch(() => undefined))
  return { flush }
}

function seenOf(request: FastifyRequest, reply: FastifyReply): Seen | undefined {
  const page = request.routeOptions.url
  const { business } = request.params as { readonly business?: unknown }
  const isPage = String(reply.getHeader('content-type') ?? '').startsWith('text/html')
  if (page === undefined || typeof business !== 'string' || request.method !== 'GET' || !isPage || reply.statusCode >= 400) return undefined
  return {
    slug: business,
    at: consentSurroundings.get().database.clock(),
    page,
    status: reply.statusCode,
    ...familiesOf(request.headers['user-agent'] ?? ''),
    language: languagesOf(request.headers['accept-language'])[0]?.slice(0, 2).toLowerCase() ?? null,
    referrer: referrerHost(request.headers.referer, request.host),
    network: truncatedNetwork(request.ip),
    signals: signalsOf(request),
  }
}

async function writeDown(database: Database, batch: readonly Seen[]): Promise<void> {
  for (const [slug, ofBusiness] of Map.groupBy(batch, ({ slug: one }) => one)) {
    const workspaceId: WorkspaceId | undefined = await workspaceBySlug(database, slug)
    if (workspaceId !== undefined) await database.inWorkspace(workspaceId, (tx) => writeVisits(tx, ofBusiness))
  }
}

async function writeVisits(tx: WorkspaceTx, visits: readonly Seen[]): Promise<void> {
  const heedsDnt = visits.some(({ signals }) => signals.dnt) && (await readPrivacySettings(tx))['signals.dnt'] === 'honor'
  await tx.db
    .insertInto('web_visit')
    .values(
      visits.map(({ at, page, status, browser, platform, language, referrer, network, signals }) => {
        const counted = heedsDnt && signals.dnt // she asked not to be followed: the look counts, and nothing says that two are one
        return {
          workspace_id: tx.workspaceId,
          id: tx.newId(),
          at,
          page,
          status,
          browser,
          platform,
          language,
          referrer: counted ? null : referrer,
          visitor_hash: counted ? null : tx.keys.hash(tx.workspaceId, 'web-visit', `${dayOf(at)}|${network}`),
        }
      }),
    )
    .execute()
  for (const signal of ['gpc', 'dnt'] as const) await countSignal(tx, signal, visits)
}

/** How many said it on which day; who they were is not asked. */
async function countSignal(tx: WorkspaceTx, signal: 'gpc' | 'dnt', visits: readonly Seen[]): Promise<void> {
  for (const [day, ofDay] of Map.groupBy(
    visits.filter(({ signals }) => signals[signal]),
    ({ at }) => dayOf(at).toString(),
  )) {
    await tx.db
      .insertInto('signal_day')
      .values({ workspace_id: tx.workspaceId, id: tx.newId(), day: Temporal.PlainDate.from(day), signal, visits: ofDay.length })
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'day', 'signal']).doUpdateSet({ visits: sql`signal_day.visits + excluded.visits` }),
      )
      .execute()
  }
}

const dayOf = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO('UTC').toPlainDate()
