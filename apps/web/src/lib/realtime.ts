import type { QueryClient } from '@tanstack/react-query'

/** What the stream says: something of this type happened; which rows, by the field of the event. */
export type LiveNotice = { readonly type: string; readonly workspaceId?: string; readonly ids?: Readonly<Record<string, string>> }

/**
 * Which answers an event makes old: the noun of the event to the first part of query keys. A room that shows another room's events on its screens (a timeline, a
 * count) adds itself to the nouns it shows.
 */
const touched: Readonly<Record<string, readonly string[]>> = {
  workspace: ['me', 'workspace'],
  member: ['me', 'members', 'scheduling'],
  opening_hours: ['workspace', 'scheduling'],
  contact: ['contacts', 'companies', 'conversations', 'scheduling', 'leads', 'tasks'],
  contacts: ['contacts', 'lists', 'counts'],
  segment: ['segments', 'counts'],
  list: ['lists', 'contacts'],
  bulk_change: ['bulk_changes', 'contacts', 'lists', 'counts'],
  import: ['imports'],
  list_export: ['list_exports'],
  task: ['tasks', 'contacts'],
  duplicates: ['contacts'],
  company: ['companies', 'contacts'],
  contact_field: ['contact_fields', 'contacts'],
  suppression: ['contacts', 'privacy'],
  contact_policy: ['contacts', 'contact_policy', 'privacy'],
  registry: ['contacts', 'registry', 'privacy'],
  request: ['requests', 'contacts', 'privacy'],
  complaint: ['requests', 'privacy'],
  privacy_office: ['requests'],
  consent: ['contacts', 'privacy'],
  preference: ['contacts', 'privacy'],
  erasure: ['privacy', 'erasures'],
  retention: ['privacy'],
  legal_hold: ['privacy'],
  sensitive_field: ['sensitive', 'contacts'],
  number: ['sensitive', 'contacts'],
  privacy_settings: ['policies', 'privacy_settings', 'privacy'],
  policy: ['policies', 'privacy'],
  processor: ['registers', 'privacy'],
  counterparty: ['registers'],
  breach: ['registers', 'privacy'],
  legal_request: ['registers', 'privacy'],
  disclosure: ['registers'],
  ownership_change: ['registers'],
  service: ['scheduling'],
  staff: ['scheduling'],
  resource: ['scheduling'],
  time_off: ['scheduling'],
  calendar_link: ['scheduling'],
  booking: ['scheduling', 'contacts'],
  booking_page: ['booking-page'],
  hold: ['scheduling'],
  waitlist: ['scheduling', 'contacts'],
  reminder: ['scheduling', 'contacts'],
  reminders: ['scheduling'],
  reminder_rule: ['reminders', 'scheduling'],
  message: ['conversations', 'contacts'],
  conversation: ['conversations', 'contacts'],
  delivery: ['conversations', 'contacts', 'outbox'],
  mail: ['outbox', 'conversations'],
  lead: ['leads', 'contacts'],
  pipeline: ['leads'],
  form: ['forms', 'leads', 'contacts'],
  job: ['outbox'],
  webhook_endpoint: ['webhooks', 'workspace'],
}

/** The first parts of the query keys that an event makes old. An unknown noun names itself. */
export function keysTouched(type: string): readonly string[] {
  const noun = type.split('.')[0] ?? type
  return touched[noun] ?? [noun]
}

/** Reads one message of the stream; anything else than a notice is nothing. */
export function readNotice(text: string): LiveNotice | undefined {
  try {
    const found: unknown = JSON.parse(text)
    return typeof found === 'object' && found !== null && 'type' in found && typeof found.type === 'string'
      ? (found as LiveNotice)
      : undefined
  } catch {
    return undefined
  }
}

/** How long changes are gathered before screens ask again: one import is not a thousand questions. */
const GATHER_MS = 60

/**
 * Keeps every screen of this browser up to date with one stream. The tab that holds the lock opens it and tells the others; when it closes, another one takes over.
 * Without locks (pages without encryption) every tab has its own. After a gap everything on screen is asked again. Returns how to stop.
 */
export function startRealtime(workspaceId: string, queries: QueryClient): () => void {
  const stop = new AbortController()
  const channel = new BroadcastChannel(`frontdesk.live.${workspaceId}`)
  const waiting = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const refresh = () => {
    timer = undefined
    for (const key of waiting) void queries.invalidateQueries({ queryKey: [key] })
    waiting.clear()
  }
  const take = (message: LiveNotice | 'gap') => {
    if (message === 'gap') {
      void queries.invalidateQueries()
      return
    }
    for (const key of keysTouched(message.type)) waiting.add(key)
    timer ??= setTimeout(refresh, GATHER_MS)
  }
  const tell = (message: LiveNotice | 'gap') => {
    take(message)
    channel.postMessage(message)
  }
  channel.onmessage = (event: MessageEvent<LiveNotice | 'gap'>) => take(event.data)

  const listen = () =>
    new Promise<void>((done) => {
      // The lock may come in the moment in which one has already left.
      if (stop.signal.aborted) return done()
      let stream: EventSource | undefined
      let again: ReturnType<typeof setTimeout> | undefined
      let tries = 0
      let gap = false
      const open = () => {
        stream = new EventSource(`/api/v1/stream?workspace=${encodeURIComponent(workspaceId)}`)
        stream.onopen = () => {
          tries = 0
          if (gap) tell('gap')
          gap = false
        }
        stream.onmessage = (event: MessageEvent<string>) => {
          const notice = readNotice(event.data)
          if (notice) tell(notice)
        }
        // The server could not hand on everything, or we come back after a while.
        stream.addEventListener('missed', () => tell('gap'))
        stream.onerror = () => {
          gap = true
          // A lost line is taken up again by the browser itself; a refusal is not. Whether the session ended shows when `me` is asked.
          if (stream?.readyState !== EventSource.CLOSED) return
          void queries.invalidateQueries({ queryKey: ['me'] })
          again = setTimeout(open, Math.min(60_000, 2000 * 2 ** tries))
          tries += 1
        }
      }
      open()
      stop.signal.addEventListener('abort', () => {
        clearTimeout(again)
        stream?.close()
        done()
      })
    })

  if ('locks' in navigator) {
    navigator.locks.request(`frontdesk.live.${workspaceId}`, { signal: stop.signal }, listen).catch(() => {
      // Stopped before it was this tab's turn.
    })
  } else {
    void listen()
  }
  return () => {
    stop.abort()
    clearTimeout(timer)
    channel.close()
  }
}
