/** The channel that carries notices between processes. */
export const realtimeChannel = 'frontdesk_realtime'

/** What a browser is told of an event: that it happened and to which rows. It fetches what it may see. */
export type RealtimeNotice = {
  readonly eventId: string
  readonly workspaceId: string
  readonly type: string
  /** The ids of the event's payload, by field. */
  readonly ids: Readonly<Record<string, string>>
}

/** Somebody signed out or lost a session: the streams it opened end. */
export type SessionEnded = { readonly endedSession: string }

/** An event without anything but ids. */
export function noticeOf(event: {
  readonly eventId: string
  readonly workspaceId: string
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
}): RealtimeNotice {
  const ids = Object.entries(event.payload).filter(
    (entry): entry is [string, string] => entry[0].endsWith('Id') && typeof entry[1] === 'string',
  )
  return { eventId: event.eventId, workspaceId: event.workspaceId, type: event.type, ids: Object.fromEntries(ids) }
}

/** Reads what came over the channel; undefined for what another version may have sent. */
export function readNotice(payload: string): RealtimeNotice | SessionEnded | undefined {
  try {
    const value: unknown = JSON.parse(payload)
    if (typeof value !== 'object' || value === null) return undefined
    if ('endedSession' in value && typeof value.endedSession === 'string') return { endedSession: value.endedSession }
    return 'workspaceId' in value && 'eventId' in value && 'type' in value && 'ids' in value ? (value as RealtimeNotice) : undefined
  } catch {
    return undefined
  }
}
