import type { ReminderAnswer, ReminderSkip, ServiceId } from '@frontdesk/contract'
import type { BookingRow } from '../booking.tables.ts'
import type { ReminderRuleRow } from './reminder.tables.ts'

/** When a rule speaks. */
export type ReminderMoment = Pick<ReminderRuleRow, 'moment' | 'amount' | 'unit'>
type When = Pick<BookingRow, 'starts_at' | 'ends_at' | 'zone'>

/**
 * The moment of a reminder. Days are counted on the wall clock of the place where the appointment is: "the day before" a visit at nine is at nine, also where the clocks change in
 * between. Hours and minutes are elapsed time.
 */
export function dueAt({ moment, amount, unit }: ReminderMoment, { starts_at, ends_at, zone }: When): Temporal.Instant {
  const from = (moment === 'before' ? starts_at : ends_at).toZonedDateTimeISO(zone)
  const far = { [unit]: amount }
  return (moment === 'before' ? from.subtract(far) : from.add(far)).toInstant()
}

/** A question after a visit is still of use for some days. */
const AFTER_IS_OF_USE_FOR = { hours: 72 }

/** Until when a reminder that could not go out in time is of use: before an appointment for half of the time that it was to come early. */
export function ofUseUntil(moment: ReminderMoment, booking: When): Temporal.Instant {
  const due = dueAt(moment, booking)
  if (moment.moment === 'after') return due.add(AFTER_IS_OF_USE_FOR)
  return due.add({ milliseconds: Math.floor((booking.starts_at.epochMilliseconds - due.epochMilliseconds) / 2) })
}

/** What happens with a reminder now. */
export type Verdict =
  | { readonly act: 'send' }
  | { readonly act: 'wait'; readonly until: Temporal.Instant }
  | { readonly act: 'skip'; readonly reason: ReminderSkip }

/** A rule as it stands, with the services it is for; null: for all. */
export type RuleInForce = ReminderMoment & { readonly active: boolean; readonly serviceIds: readonly ServiceId[] | null }

/** Whether a rule speaks of a service. */
export const isFor = ({ active, serviceIds }: RuleInForce, serviceId: ServiceId): boolean =>
  active && (serviceIds === null || serviceIds.includes(serviceId))

/** Looks at rule and booking as they are at this moment: what was planned may have changed since. */
export function verdictOf(
  rule: RuleInForce | undefined,
  booking: When & Pick<BookingRow, 'status' | 'service_id'>,
  now: Temporal.Instant,
): Verdict {
  if (!rule || !isFor(rule, booking.service_id)) return { act: 'skip', reason: 'rule_off' }
  const gone = whyNoReminder(booking.status, rule.moment)
  if (gone) return { act: 'skip', reason: gone }
  const due = dueAt(rule, booking)
  if (Temporal.Instant.compare(now, due) < 0) return { act: 'wait', until: due }
  if (Temporal.Instant.compare(now, ofUseUntil(rule, booking)) > 0) return { act: 'skip', reason: 'too_late' }
  return { act: 'send' }
}

/** Why a booking in this state gets no reminder, or no question afterwards; null: it does. */
export function whyNoReminder(status: BookingRow['status'], moment: ReminderMoment['moment']): ReminderSkip | null {
  switch (status) {
    case 'confirmed':
      return null
    case 'attended':
      return moment === 'after' ? null : 'over'
    case 'no_show':
      return moment === 'after' ? 'missed' : 'over'
    case 'cancelled':
    case 'expired':
      return 'cancelled'
    case 'rescheduled':
      return 'moved'
    case 'held':
    case 'pending':
      return 'not_confirmed'
  }
}

/** Words that say it at the beginning of an answer, in the languages that reminders are written in. */
const asFirst: Readonly<Record<ReminderAnswer, readonly string[]>> = {
  confirmed: ['c', 'confirm', 'confirmed', 'confirmo', 'confirmar', 'confirmado', 'confirmada', 'confirme', 'confirmer', 'confirmé'],
  move: ['r', 'reschedule', 'reprogramar', 'reprograma', 'cambiar', 'reporter', 'déplacer', 'deplacer'],
}
/** Words that say it only where nothing else was written: "yes, but later" is for a person to read. */
const alone: Readonly<Record<ReminderAnswer, readonly string[]>> = {
  confirmed: ['yes', 'ok', 'sí', 'si', 'oui', "d'accord"],
  move: [],
}

export type ReadAnswer = {
  readonly answer: ReminderAnswer
  /** Nothing else was written, so nobody has to read it. */
  readonly alone: boolean
}

/** Reads the answer to a reminder by its first word. Null where it says neither: a person reads it then. "C'est …" is no C. */
export function readAnswer(text: string): ReadAnswer | null {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}']+/gu) ?? []
  const [first] = words
  if (first === undefined) return null
  for (const answer of ['confirmed', 'move'] as const) {
    if (asFirst[answer].includes(first)) return { answer, alone: words.length === 1 }
    if (words.length === 1 && alone[answer].includes(first)) return { answer, alone: true }
  }
  return null
}
