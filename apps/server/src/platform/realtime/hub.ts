import type { Listener } from '../database/index.ts'
import { type RealtimeNotice, readNotice, realtimeChannel } from './notice.ts'
import { RecentNotices } from './recent-notices.ts'

/** Where a stream's text goes; the raw response of a browser, or a test's array. */
export type Outlet = {
  write(text: string): void
  /** Bytes that were written and not taken yet. */
  readonly pendingBytes: number
  end(): void
}

/** Who listens, and by which session. */
export type StreamOwner = { readonly workspaceId: string; readonly memberId: string; readonly personId: string; readonly sessionId: string }

/** One open stream. */
export type Stream = StreamOwner & { readonly outlet: Outlet }

export type RealtimeHub = {
  /** Adds a stream, and tells it what happened in the last seconds; the oldest one of the same person ends when there are too many. Returns how to take it away. */
  add(owner: StreamOwner, outlet: Outlet): () => void
  /** How many streams are open in this process. */
  readonly size: number
  /** Ends every stream; browsers come back to another process. */
  close(): void
}

export type HubSettings = { readonly listener: Listener; readonly heartbeatMs?: number; readonly mostPerPerson?: number }

/** A browser that takes nothing for so long is cut off; it comes back and fetches anew. */
const MOST_PENDING_BYTES = 64 * 1024
const HEARTBEAT_MS = 20_000
const MOST_PER_PERSON = 10

/** Tells the browsers of this process what the relay told all processes. */
export function openRealtime({ listener, heartbeatMs = HEARTBEAT_MS, mostPerPerson = MOST_PER_PERSON }: HubSettings): RealtimeHub {
  const streams = new Set<Stream>()
  const byWorkspace = new Map<string, Set<Stream>>()
  const recent = new RecentNotices()

  function remove(stream: Stream): void {
    if (!streams.delete(stream)) return
    const others = byWorkspace.get(stream.workspaceId)
    others?.delete(stream)
    if (others?.size === 0) byWorkspace.delete(stream.workspaceId)
  }
  function end(stream: Stream): void {
    remove(stream)
    stream.outlet.end()
  }
  function tell(stream: Stream, text: string): void {
    if (stream.outlet.pendingBytes > MOST_PENDING_BYTES) end(stream)
    else stream.outlet.write(text)
  }
  function deliver(notice: RealtimeNotice): void {
    const text = changeText(notice)
    recent.keep(notice.workspaceId, text, performance.now())
    for (const stream of byWorkspace.get(notice.workspaceId) ?? []) {
      tell(stream, text)
      // Somebody's rights changed: the stream ends after the news, and the next one is opened under the new rights or not at all.
      if (endsStreams.has(notice.type) && notice.ids.memberId === stream.memberId) end(stream)
    }
  }

  let connectedBefore = false
  const endings = [
    listener.on(realtimeChannel, (payload) => {
      const notice = readNotice(payload)
      if (!notice) return
      if (!('endedSession' in notice)) return deliver(notice)
      for (const stream of streams) if (stream.sessionId === notice.endedSession) end(stream)
    }),
    listener.onConnected(() => {
      if (connectedBefore) for (const stream of streams) tell(stream, missedText)
      connectedBefore = true
    }),
  ]
  const heartbeat = setInterval(() => {
    recent.forget(performance.now())
    for (const stream of streams) tell(stream, ': still here\n\n')
  }, heartbeatMs)

  return {
    add(owner, outlet) {
      const own = [...streams].filter(({ personId }) => personId === owner.personId)
      for (const oldest of own.slice(0, Math.max(0, own.length - mostPerPerson + 1))) end(oldest)
      const stream: Stream = { ...owner, outlet }
      streams.add(stream)
      const others = byWorkspace.get(owner.workspaceId)
      if (others) others.add(stream)
      else byWorkspace.set(owner.workspaceId, new Set([stream]))
      // What happened between the browser's first answers and its stream would stay unknown to it.
      for (const text of recent.of(owner.workspaceId, performance.now()) ?? [missedText]) tell(stream, text)
      return () => remove(stream)
    },
    get size() {
      return streams.size
    },
    close() {
      clearInterval(heartbeat)
      for (const ending of endings) ending()
      for (const stream of streams) end(stream)
    },
  }
}

const endsStreams = new Set(['member.role_changed', 'member.left', 'member.deactivated'])

/** Says that something may have been missed, so that the browser fetches what it shows. */
export const missedText = 'event: missed\ndata: {}\n\n'

/** One event as Server-Sent Events write it (WHATWG HTML §9.2). JSON has no line breaks, so one data line is enough. */
const changeText = ({ eventId, workspaceId, type, ids }: RealtimeNotice): string =>
  `id: ${eventId}\ndata: ${JSON.stringify({ type, workspaceId, ids })}\n\n`
