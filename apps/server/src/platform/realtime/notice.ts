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
