import type {
  BusinessRegion,
  ProofLevel,
  ProofPoint,
  RefusalGround,
  RequestAct,
  RequestKind,
  RequestRegion,
  RequestState,
} from '@frontdesk/contract'
import type { CalendarId, Deadlines, Due, Matter, RegimeId } from '@frontdesk/deadlines'
import { addBusinessDays, dateOf, deadlinesOf, numberOf, regimes, workCalendar } from '@frontdesk/deadlines'
import type { StoredRequest } from './request.tables.ts'

/** Where a case may go from where it is: only forward. */
const rightMoves: Readonly<Record<RequestState, readonly RequestState[]>> = {
  received: ['acknowledged'],
  acknowledged: ['verifying', 'in_progress'],
  verifying: ['in_progress', 'refused'],
  in_progress: ['extended', 'answered', 'refused'],
  extended: ['answered', 'refused'],
  answered: ['appealed', 'closed'],
  refused: ['appealed', 'closed'],
  appealed: ['closed'],
  closed: [],
  escalated: [],
  resolved: [],
}
const complaintMoves: Readonly<Partial<Record<RequestState, readonly RequestState[]>>> = {
  received: ['acknowledged'],
  acknowledged: ['answered', 'escalated', 'resolved'],
  answered: ['escalated', 'resolved'],
  escalated: ['resolved'],
}

/** Whether a case may move there now. */
export const mayMove = ({ kind, state }: Pick<StoredRequest, 'kind' | 'state'>, to: RequestState): boolean =>
  ((kind === 'complaint' ? complaintMoves : rightMoves)[state] ?? []).includes(to)

/** What stops at once and needs no proof of who asks: nobody is harmed when it was not her (privacy-design.md §10, tier 0). */
export const needsNoProof = (kind: RequestKind): boolean =>
  kind === 'objection' || kind === 'withdrawal' || kind === 'opt_out' || kind === 'complaint'

/** Whose clock runs. Where no law of ours is known, that of Europe, the strictest we ship. */
export function regimeFor(kind: RequestKind, region: RequestRegion): RegimeId {
  if (kind === 'complaint') return 'complaint'
  if (region === 'us' || region === 'us_california') return kind === 'opt_out' ? 'ccpa.opt_out' : 'ccpa.request'
  return region === 'canada' ? 'pipeda.request' : 'gdpr.request'
}

/** The countries of the EEA, Switzerland and the United Kingdom: one law of origin, one term. */
const europe = new Set('AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '))

/** Whose law a place has: a country (ISO 3166-1) and, where it is known, its state or province (ISO 3166-2, without the country). Where nothing is said of hers, the place of the business. */
export function regionOf(country: string | null, state: string | null = null): RequestRegion {
  if (country === 'US') return state === 'CA' ? 'us_california' : 'us'
  if (country === 'CA') return 'canada'
  return country !== null && europe.has(country) ? 'europe' : 'elsewhere'
}

/** Holidays of the business's state or province, otherwise of its country; where we ship none, weekends alone count, which is stricter for the business. */
export function calendarsFor(country: string | null, region: BusinessRegion | null = null): readonly CalendarId[] {
  if (country !== 'US' && country !== 'CA') return []
  const land = country === 'US' ? 'us' : 'ca'
  return region?.startsWith(`${land}-`) ? [region] : [land]
}

/** How much proof a kind asks for before anything is done or told (privacy-design.md §10). What is strict about her data is found out once she is known. */
export const proofLevelOf = (kind: RequestKind): ProofLevel => (needsNoProof(kind) ? 'none' : 'ordinary')

/** What is still missing for this level of proof; nothing: it is enough. */
export function proofMissing(
  level: ProofLevel,
  {
    points,
    how,
    declared,
  }: { readonly points: ReadonlySet<ProofPoint>; readonly how: 'in_person' | 'details_matched' | 'guardian'; readonly declared: boolean },
): readonly ('points' | 'declaration')[] {
  const wanted = level === 'strict' ? 3 : how === 'details_matched' ? 2 : 0
  const missing: ('points' | 'declaration')[] = []
  if (points.size < wanted) missing.push('points')
  if (level === 'strict' && !declared) missing.push('declaration')
  return missing
}

type Clocked = Pick<
  StoredRequest,
  'regime' | 'received_at' | 'zone' | 'calendars' | 'extended_at' | 'pauses' | 'appealed_at' | 'appeal_days' | 'calendar_version'
>

/** The clocks of a case, counted anew. */
export function clocksOf(row: Clocked, now: Temporal.Instant): Deadlines {
  const matter: Matter = {
    regime: row.regime,
    receivedAt: row.received_at,
    zone: row.zone,
    calendars: row.calendars,
    extendedAt: row.extended_at ?? undefined,
    pauses: row.pauses.map(({ reason, from, until }) => ({
      reason,
      from: Temporal.Instant.from(from),
      until: until === null ? null : Temporal.Instant.from(until),
    })),
  }
  if (row.appealed_at === null) return deadlinesOf(matter, now)
  return deadlinesOf(
    { regime: 'appeal', receivedAt: row.appealed_at, zone: row.zone, calendars: row.calendars, ownDays: row.appeal_days ?? undefined },
    now,
  )
}

/** Whether the law lets this clock stand for that reason. */
export const mayPause = (regime: RegimeId, reason: string): boolean => (regimes[regime].pauses as readonly string[]).includes(reason)

/** What is due next, or null when nothing is any more. A stored day stays as it was counted; only a standing clock is counted anew. */
export function nextDue(
  row: StoredRequest,
  now: Temporal.Instant,
): { readonly what: 'respond' | 'resolve'; readonly due: Due; readonly overdue: boolean; readonly paused: Deadlines['paused'] } | null {
  if (row.closed_at !== null) return null
  const answered = row.state === 'answered' || row.state === 'refused'
  if (answered && row.kind !== 'complaint') return null
  const standing = row.pauses.some(({ until }) => until === null)
  const counted = standing ? clocksOf(row, now) : null
  const what = row.resolve_before !== null && (answered || row.state === 'escalated') ? 'resolve' : 'respond'
  const before = what === 'resolve' ? (row.resolve_before ?? row.respond_before) : (counted?.respond.before ?? row.respond_before)
  return {
    what,
    due: { before, day: lastDayOf(before, row.zone) },
    overdue: Temporal.Instant.compare(now, before) >= 0,
    paused: counted?.paused ?? null,
  }
}

/** The day that ends at that moment. */
export const lastDayOf = (before: Temporal.Instant, zone: string): Temporal.PlainDate =>
  before.subtract({ milliseconds: 1 }).toZonedDateTimeISO(zone).toPlainDate()

/** The days from which a reminder is due: for a complaint the 5th, 8th and 9th business day, otherwise 10, 3 and 1 days before the last one. */
export function remindersOf(row: StoredRequest, due: Due): readonly { readonly step: string; readonly from: Temporal.PlainDate }[] {
  if (row.kind === 'complaint' && row.state !== 'answered' && row.state !== 'escalated') {
    const received = numberOf(row.received_at.toZonedDateTimeISO(row.zone).toPlainDate())
    const calendar = workCalendar(row.calendars, [])
    return [5, 8, 9].map((day) => ({ step: `reminded_${day}`, from: dateOf(addBusinessDays(received, day, calendar)) }))
  }
  const of = row.state === 'appealed' ? '_appeal' : row.kind === 'complaint' ? '_resolve' : row.extended_at ? '_extended' : ''
  return [10, 3, 1].map((days) => ({ step: `reminded${of}_${days}_before`, from: due.day.subtract({ days }) }))
}

/**
 * On what grounds a case may be refused now. Whoever has not proven who she is can only be refused for that; where the business gives everybody all rights
 * (`rights.extend_to_all`), the law of the place is no ground.
 */
export function refusalGrounds({ kind, state }: Pick<StoredRequest, 'kind' | 'state'>, extendToAll: boolean): readonly RefusalGround[] {
  if (state === 'verifying') return ['identity_not_proven']
  const grounds: readonly RefusalGround[] = ['no_data', 'law_requires_keeping', 'rights_of_others', 'unfounded', 'repeated']
  return [
    ...grounds,
    ...(kind === 'objection_use' ? (['compelling_grounds'] as const) : []),
    ...(extendToAll ? [] : (['outside_law'] as const)),
  ]
}

/** Whether a case can still be taken up as another kind: nothing was answered, and nobody's data was touched but for offers that stopped. */
export const mayRefile = ({
  kind,
  state,
  verified_how,
  closed_at,
}: Pick<StoredRequest, 'kind' | 'state' | 'verified_how' | 'closed_at'>): boolean =>
  closed_at === null &&
  (state === 'acknowledged' || state === 'verifying' || (state === 'in_progress' && verified_how === 'not_needed' && kind !== 'complaint'))

/** How long somebody waits before deciding again on what she decided herself. */
export const selfReviewPause = { hours: 24 } as const

/** Whether something may be done to her data: she is known, has proven who she is, and has no answer yet. */
export const works = (row: Pick<StoredRequest, 'state' | 'kind' | 'contact_id' | 'verified_at'>): boolean =>
  row.contact_id !== null && row.verified_at !== null && (row.state === 'in_progress' || row.state === 'extended')

/** What a kind of request does to the data. What is asked for may also need something else; a copy and a correction fit several. */
export function workOf(kind: RequestKind): readonly ('copy' | 'hand_over' | 'erase' | 'rectify' | 'restrict' | 'review')[] {
  switch (kind) {
    case 'access':
      return ['copy']
    case 'portability':
      return ['copy', 'hand_over']
    case 'rectification':
      return ['rectify', 'restrict']
    case 'erasure':
    case 'anonymization':
      return ['erase']
    case 'restriction':
    case 'objection_use':
      return ['restrict']
    case 'human_review':
      return ['review', 'restrict']
    case 'objection':
    case 'withdrawal':
    case 'opt_out':
    case 'complaint':
      return []
  }
}

/** What can be done with a case now. */
export function actsOf(row: StoredRequest, now: Temporal.Instant): readonly RequestAct[] {
  if (row.closed_at !== null) return []
  const acts: RequestAct[] = []
  const complaint = row.kind === 'complaint'
  const waits = row.state === 'verifying' || row.state === 'in_progress' || row.state === 'extended'
  const standing = row.pauses.some(({ until }) => until === null)
  if (row.state === 'verifying') acts.push('verify', ...(row.proof_level === 'ordinary' ? (['ask_more_proof'] as const) : []))
  if (works(row)) acts.push(...workOf(row.kind))
  if (mayMove(row, 'answered')) acts.push('answer')
  if (mayMove(row, 'refused')) acts.push('refuse')
  if (mayMove(row, 'extended') && row.extend_before !== null && Temporal.Instant.compare(now, row.extend_before) < 0) acts.push('extend')
  if (waits && standing) acts.push('resume')
  if (waits && !standing && !complaint && regimes[row.regime].pauses.length > 0) acts.push('pause')
  if (mayMove(row, 'appealed')) acts.push('appeal')
  if (row.state === 'appealed')
    acts.push('decide_appeal', 'invite_reviewer', ...(row.self_review_at === null ? (['start_self_review'] as const) : []))
  if (mayMove(row, 'escalated')) acts.push('escalate')
  if (mayMove(row, 'resolved')) acts.push('resolve')
  if (!complaint && row.state !== 'appealed' && mayMove(row, 'closed')) acts.push('close')
  if (mayRefile(row)) acts.push('refile')
  return acts
}
