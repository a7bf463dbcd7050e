import formbody from '@fastify/formbody'
import type { WorkspaceId } from '@frontdesk/contract'
import type { Locale } from '@frontdesk/i18n'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { html, openLimiter } from '../../../platform/http/index.ts'
import { consentSurroundings } from '../consents/surroundings.ts'
import { localeOf, sendPage } from './page-layout.ts'

/** What comes in behind a link that was mailed. */
export type LinkRequest = FastifyRequest<{ Params: { token: string }; Querystring: { lang?: string; said?: string } }>

type Opens = { readonly state: 'valid' | 'expired'; readonly workspaceId: WorkspaceId }
type Forged = { readonly state: 'forged' }
type Words = 'forgedTitle' | 'forged' | 'expiredTitle' | 'expired' | 'sendNew' | 'sentTitle' | 'sent'

/** Pages behind links of one kind. */
export type LinkPages<Link extends Opens> = {
  /** The first part of their address, and the name of what counts guesses. */
  readonly name: string
  readonly read: (keys: Keys, token: string, now: Temporal.Instant) => Link | Forged
  readonly say: (locale: Locale) => (word: Words) => string
  /** Whose link it is; it may be sent anew a few times an hour. */
  readonly subject: (link: Link) => string
  readonly sendNew: (tx: WorkspaceTx, link: Link) => Promise<void>
}

/** Does what was asked and shows the page; whoever has no live link is told what to do instead. */
export type Enter<Link> = <T>(
  request: LinkRequest,
  reply: FastifyReply,
  work: (tx: WorkspaceTx, link: Link) => Promise<T>,
  show: (done: T, link: Link) => FastifyReply,
) => Promise<FastifyReply>

const aMinute = { requests: 120, seconds: 60, shared: true } as const
const anHour = { requests: 3, seconds: 3600, shared: true } as const

/**
 * Serves pages behind signed links. Guesses are counted for all web processes together; a link that ran out offers a new one by mail, one that is forged, or whose subject
 * is gone, says what to do; neither tells who is known here.
 */
export function linkPages<Link extends Opens>(
  app: FastifyInstance,
  pages: LinkPages<Link>,
  serve: (scope: FastifyInstance, enter: Enter<Link>) => void,
): void {
  const { name } = pages
  app.register(async (scope) => {
    await scope.register(formbody)
    const limiter = openLimiter(() => consentSurroundings.get().database)
    const linkOf = async (request: LinkRequest): Promise<Link | Forged> => {
      const { database } = consentSurroundings.get()
      const verdict = await limiter.take({ name, ...aMinute }, request.ip, database.clock().epochMilliseconds)
      if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
      return pages.read(database.keys, request.params.token, database.clock())
    }
    serve(scope, async (request, reply, work, show) => {
      const link = await linkOf(request)
      if (link.state === 'forged') return dead(pages, request, reply, 'forged')
      if (link.state === 'expired') return dead(pages, request, reply, 'expired')
      const done = await unlessGone(consentSurroundings.get().database.inWorkspace(link.workspaceId, (tx) => work(tx, link)))
      return done ? show(done.value, link) : dead(pages, request, reply, 'forged')
    })
    scope.post(`/${name}/:token/new-link`, async (request: LinkRequest, reply) => {
      const link = await linkOf(request)
      if (link.state === 'forged') return dead(pages, request, reply, 'forged')
      const { database } = consentSurroundings.get()
      const verdict = await limiter.take({ name: `${name}-new-link`, ...anHour }, pages.subject(link), database.clock().epochMilliseconds)
      if (verdict.allowed) await unlessGone(database.inWorkspace(link.workspaceId, (tx) => pages.sendNew(tx, link)))
      const locale = localeOf(request)
      const t = pages.say(locale)
      // The same whether there was anything to send.
      return sendPage(reply, { locale, title: t('sentTitle'), main: html`<p role="status">${t('sent')}</p>` })
    })
  })
}

function dead<Link extends Opens>(
  { name, say }: LinkPages<Link>,
  request: LinkRequest,
  reply: FastifyReply,
  why: 'forged' | 'expired',
): FastifyReply {
  const locale = localeOf(request)
  const t = say(locale)
  if (why === 'forged') return sendPage(reply, { locale, title: t('forgedTitle'), main: html`<p>${t('forged')}</p>` }, 410)
  const main = html`<p>${t('expired')}</p><form method="post" action="/${name}/${request.params.token}/new-link?lang=${locale}"><button>${t('sendNew')}</button></form>`
  return sendPage(reply, { locale, title: t('expiredTitle'), main }, 410)
}

/** Somebody or something that was erased or never here is told of as a link that is none. */
async function unlessGone<T>(work: Promise<T>): Promise<{ readonly value: T } | undefined> {
  try {
    return { value: await work }
  } catch (error) {
    if (error instanceof Refusal && error.type === 'http/not-found') return undefined
    throw error
  }
}
