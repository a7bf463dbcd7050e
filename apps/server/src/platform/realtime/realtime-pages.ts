import type { WorkspaceId } from '@frontdesk/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../errors/index.ts'
import { parsePart } from '../http/problems.ts'
import { type RateLimit, RateLimiter } from '../http/rate-limit.ts'
import { missedText, type Outlet, type RealtimeHub, type StreamOwner } from './hub.ts'

export type RealtimeDeps = {
  readonly hub: RealtimeHub
  /** Says who asks, as a member of this workspace; throws a `Refusal` where she is none. Asked again every few minutes while the stream is open. */
  readonly admit: (request: FastifyRequest, workspaceId: WorkspaceId) => Promise<StreamOwner>
  readonly now: () => Temporal.Instant
  readonly readmitMs?: number
}

const Query = z.strictObject({ workspace: z.uuid().transform((id) => id.toLowerCase() as WorkspaceId) })
const streamLimit: RateLimit = { name: 'stream', requests: 120, seconds: 60 }
const READMIT_MS = 120_000
const END_MS = 2000

/**
 * `GET /api/v1/stream?workspace=…`: Server-Sent Events for one signed-in browser. A message says that something happened to rows of the workspace, the event `missed`
 * that something may have been missed. A browser that comes back with `Last-Event-ID` is told `missed` at once; one that is new hears what happened in the last seconds (`RecentNotices`).
 */
export const realtimePages =
  (deps: RealtimeDeps) =>
  (app: FastifyInstance): void => {
    const limiter = new RateLimiter()
    app.get('/api/v1/stream', { exposeHeadRoute: false }, async (request, reply) => {
      const limit = limiter.take(streamLimit, request.ip, deps.now().epochMilliseconds)
      if (!limit.allowed)
        throw new Refusal('http/too-many-requests', {
          detail: `Try again in ${limit.resetSeconds} seconds.`,
          retryAfterSeconds: limit.resetSeconds,
        })
      const { workspace } = parsePart(Query, request.query, 'query')
      const owner = await deps.admit(request, workspace)
      openStream(deps, request, reply, workspace, owner)
    })
    app.addHook('preClose', async () => deps.hub.close())
  }

function openStream(deps: RealtimeDeps, request: FastifyRequest, reply: FastifyReply, workspaceId: WorkspaceId, owner: StreamOwner): void {
  const response = reply.raw
  reply.hijack()
  response.writeHead(200, {
    ...headersOf(reply),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no', // nginx would hold the stream back
  })
  // Browsers come back a little apart, so that a restart is not met by all of them at once.
  response.write(
    `retry: ${2000 + Math.floor(Math.random() * 2000)}\n${request.headers['last-event-id'] === undefined ? ': welcome\n\n' : missedText}`,
  )

  const outlet: Outlet = {
    write: (text) => void response.write(text),
    get pendingBytes() {
      return response.writableLength
    },
    end: () => {
      response.end()
      setTimeout(() => response.destroy(), END_MS).unref() // a browser that takes nothing would keep it open
    },
  }
  const remove = deps.hub.add(owner, outlet)
  const readmission = setInterval(async () => {
    try {
      await deps.admit(request, workspaceId)
    } catch (error) {
      if (error instanceof Refusal) outlet.end() // signed out, expired, left: anything else is a bad moment, and the next look decides
    }
  }, deps.readmitMs ?? READMIT_MS)
  response.on('close', () => {
    clearInterval(readmission)
    remove()
  })
  response.on('error', () => undefined)
}

const headersOf = (reply: FastifyReply): Record<string, string | number | string[]> =>
  Object.fromEntries(
    Object.entries(reply.getHeaders()).filter((entry): entry is [string, string | number | string[]] => entry[1] !== undefined),
  )
