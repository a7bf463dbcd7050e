import type { Principal, WorkspaceId } from '@frontdesk/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type Limiter, openLimiter, type RateLimit } from '../../../platform/http/index.ts'
import { workspaceBySlug } from '../../accounts/index.ts'
import { requestSurroundings } from '../requests/surroundings.ts'
import type { StoredAgent } from './agent.tables.ts'
import { agentDoorPath } from './agent-door-path.ts'
import { AgentRefused } from './agent-refused.ts'
import { pairAgent, requireSameAgent } from './pair-agent.ts'
import { presentAgentRequest } from './present-agent-request.ts'
import { receiveAgentRequest } from './receive-agent-request.ts'
import { ownRequest, revokeAgentRequest } from './revoke-agent-request.ts'
import { agentById, agentByToken } from './take-message.ts'

type Knock = FastifyRequest<{ Params: { business: string; agentId: string; requestId: string } }>
type Entered = { readonly tx: WorkspaceTx; readonly agent: StoredAgent; readonly by: Principal; readonly body: Buffer }

/** Whoever knocks, by her address. */
const knockLimit: RateLimit = { name: 'drp-knock', requests: 120, seconds: 60, shared: true }
/** Tokens: an agent needs one. */
const pairLimit: RateLimit = { name: 'drp-pair', requests: 10, seconds: 600, shared: true }
/** What one agent sends, from wherever. */
const sendLimit: RateLimit = { name: 'drp-send', requests: 120, seconds: 600, shared: true }

const LONGEST_BODY = 64_000
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i

/**
 * The door of authorised agents: the Data Rights Protocol 1.0 (Consumer Reports), one base address a business. Bodies are text/plain, answers JSON with the statuses and
 * error states of the protocol.
 */
export function agentDoor(app: FastifyInstance): void {
  app.register(async (scope) => {
    const limiter = openLimiter(() => requestSurroundings.get().database)
    // Whatever the type says, and where it says nothing: what counts is the signature over the bytes.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LONGEST_BODY }, (_request, body, done) => done(null, body))
    scope.setErrorHandler((error, _request, reply) => {
      const code = 'statusCode' in (error as object) ? (error as { statusCode?: unknown }).statusCode : undefined
      if (code === 413) return refuse(reply, new AgentRefused(413, `A message may have ${LONGEST_BODY} bytes at most. Nothing was kept.`))
      if (error instanceof AgentRefused) return refuse(reply, error)
      throw error
    })
    const at = (path: string) => `${agentDoorPath(':business')}/v1${path}`
    const asAgent = (work: Door['work'], more: Partial<Door> = {}) =>
      answer(limiter, { find: (tx, request) => agentByToken(tx, tokenOf(request)), work, ...more })
    scope.post(
      at('/agent/:agentId'),
      answer(limiter, {
        find: (tx, request) => agentById(tx, request.params.agentId),
        work: ({ tx, by, agent, body }) => pairAgent(tx, by, { agent, body }),
        knocks: pairLimit,
        bare: true,
      }),
    )
    scope.get(
      at('/agent/:agentId'),
      asAgent(async ({ agent }, request) => {
        requireSameAgent(agent, request.params.agentId)
        return {}
      }),
    )
    scope.post(
      at('/data-rights-request'),
      asAgent(({ tx, by, agent, body }) => receiveAgentRequest(tx, by, { agent, body }), { sends: sendLimit }),
    )
    scope.get(
      at('/data-rights-request/:requestId'),
      asAgent(
        async ({ tx, agent }, request) => (await presentAgentRequest(tx, await ownRequest(tx, agent, request.params.requestId))).shown,
      ),
    )
    scope.delete(
      at('/data-rights-request/:requestId'),
      asAgent(({ tx, by, agent, body }, request) => revokeAgentRequest(tx, by, { agent, id: request.params.requestId, body }), {
        sends: sendLimit,
      }),
    )
  })
}

/** One endpoint. */
type Door = {
  /** Whose it is to speak here; throws `AgentRefused`. */
  readonly find: (tx: WorkspaceTx, request: Knock) => Promise<StoredAgent>
  readonly work: (entered: Entered, request: Knock) => Promise<unknown>
  readonly knocks?: RateLimit
  readonly sends?: RateLimit
  /** Every refusal is 403 without a body, as §2.05 wants it; the reason stands in a header. */
  readonly bare?: boolean
}

/** Counts who knocks, finds the business and the agent, and works in one transaction. What is refused to an agent that is known is seen in the audit. */
function answer(limiter: Limiter, { find, work, knocks = knockLimit, sends, bare = false }: Door) {
  return async (knock: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const request = knock as Knock
    const { database } = requestSurroundings.get()
    const take = async (limit: RateLimit, who: string) => {
      const verdict = await limiter.take(limit, who, database.clock().epochMilliseconds)
      if (verdict.allowed) return
      reply.header('retry-after', String(verdict.resetSeconds))
      throw new AgentRefused(429, `Too many requests. Try again in ${verdict.resetSeconds} seconds.`, { fatal: false })
    }
    await take(knocks, request.ip)
    const workspaceId = await workspaceBySlug(database, request.params.business)
    if (workspaceId === undefined) throw new AgentRefused(404, 'There is no business at this address.')
    const by: Principal = { kind: 'visitor', workspaceId }
    let known: string | undefined
    try {
      if (sends) await take(sends, (await database.inWorkspace(workspaceId, (tx) => find(tx, request))).id)
      const answered = await database.inWorkspace(workspaceId, async (tx) => {
        const agent = await find(tx, request)
        known = agent.id
        const body = request.body instanceof Uint8Array ? Buffer.from(request.body) : Buffer.alloc(0)
        return work({ tx, agent, by, body }, request)
      })
      return reply.header('cache-control', 'no-store').send(answered)
    } catch (error) {
      if (!(error instanceof AgentRefused)) throw error
      if (error.status === 403 && known) await noteRefused(workspaceId, by, known)
      return bare ? refuseBare(reply, error) : refuse(reply, error)
    }
  }
}

const noteRefused = (workspaceId: WorkspaceId, by: Principal, agentRowId: string): Promise<void> =>
  requestSurroundings
    .get()
    .database.inWorkspace(workspaceId, (tx) =>
      audit(tx, by, { action: 'rights_agent.message_refused', object: { type: 'rights_agent', id: agentRowId }, result: 'refused' }),
    )

const tokenOf = ({ headers }: Knock): string | undefined => BEARER.exec(headers.authorization ?? '')?.[1]

/** The error state of the protocol (§3.06). */
function refuse(reply: FastifyReply, { status, message, fatal }: AgentRefused): FastifyReply {
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .send({ code: String(status), message, ...(fatal ? { fatal: true } : {}) })
}

/** 403 and no body (§2.05); why stands in the header of RFC 6750 §3, whose text knows few characters. */
const refuseBare = (reply: FastifyReply, { message, status }: AgentRefused): FastifyReply =>
  reply
    .code(status === 429 ? 429 : 403)
    .header('cache-control', 'no-store')
    .header('www-authenticate', `Bearer error="invalid_request", error_description="${message.replaceAll(/[^ !#-[\]-~]/g, "'")}"`)
    .send()
