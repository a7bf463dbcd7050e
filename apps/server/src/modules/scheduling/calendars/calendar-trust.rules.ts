import type { CalendarLinkRow } from './calendar.tables.ts'

/** A calendar is read every ten minutes; what is older than this can miss an appointment and is not relied on. */
export const reliedOnFor = Temporal.Duration.from({ minutes: 60 })

/** Whether what is known of a calendar is new enough to say that somebody is free. A calendar that was never read says nothing. */
export const isReliable = ({ read_at }: Pick<CalendarLinkRow, 'read_at'>, now: Temporal.Instant): boolean =>
  read_at !== null && Temporal.Instant.compare(read_at.add(reliedOnFor), now) >= 0

/** How a calendar stands, in a word. */
export const stateOf = ({
  read_at,
  failing_since,
}: Pick<CalendarLinkRow, 'read_at' | 'failing_since'>): 'waiting' | 'working' | 'failing' =>
  failing_since !== null ? 'failing' : read_at === null ? 'waiting' : 'working'
