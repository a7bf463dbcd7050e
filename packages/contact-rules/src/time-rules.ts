import { type Case, type HouseRule, holdUntil, isOffer, iso, waitUntil } from './case.ts'
import type { PastTouch } from './facts.ts'
import { standingsOf } from './law-rules.ts'
import { closingAfter, dayMs, type OpenTimes, openingAfter } from './open-times.ts'
import { allZones } from './places.ts'
import { blockOf, clockOf, closedDay, lawTimes, type OwnTimes, ownKey, ownTimes, ruleTimes } from './prepare.ts'
import { reason } from './reasons.ts'
import type { CapRule, HoursRule, Rule } from './rulebook.ts'
import type { Channel, Purpose, Voice } from './touch.ts'
import { localMsOf } from './zone-clock.ts'

/** What only time removes: hours and caps, of the law, of the business and of her own. */
export const timeRules: readonly HouseRule[] = [lawfulHours, lawfulCaps, businessHours, businessCaps, herHours, herCap]

const hourMs = 3_600_000

function lawfulHours(one: Case): void {
  const { of, where, plan, atMs } = one
  if (plan.hours.length === 0 || where.zones.length === 0) return
  const block = blockOf(atMs)
  const times = lawTimes(of, where, plan, block)
  const closing = closingAfter(times, atMs)
  if (closing !== undefined) {
    holdUntil(one, closing)
    return
  }
  const opening = openingAfter(times, atMs)
  if (opening === undefined) one.reasons.push(reason('never_open', { places: where.names }))
  else waitUntil(one, opening)
  for (const rule of plan.hours) closedBy(one, rule, block)
}

/** One reason for a rule: that of the zone which opens last. */
function closedBy(one: Case, rule: Rule & HoursRule, block: number): void {
  const { of, where, atMs, reasons } = one
  let last: { readonly zone: string; readonly opening: number } | undefined
  for (const zone of where.zones) {
    const times = ruleTimes(of, rule, zone, block)
    if (closingAfter(times, atMs) !== undefined) continue
    const opening = openingAfter(times, atMs) ?? Number.POSITIVE_INFINITY
    if (!last || opening > last.opening) last = { zone, opening }
  }
  if (!last) return
  const until = last.opening === Number.POSITIVE_INFINITY ? '' : iso(last.opening)
  const day = closedDay(of, rule, Math.floor(localMsOf(clockOf(of, last.zone, block), atMs) / dayMs))
  const from = { authority: rule.law, rule: rule.id }
  const { place } = rule
  reasons.push(
    day === undefined
      ? reason('outside_hours', { place, zone: last.zone, until }, from)
      : reason('day_closed', { place, day, until }, from),
  )
}

/** What of the past a cap counts. */
type Counted = {
  readonly channels?: readonly Channel[] | undefined
  readonly voices?: readonly Voice[] | undefined
  readonly purposes?: readonly Purpose[] | undefined
  readonly talked?: true | undefined
}

/** When a cap lets the next touch through; undefined where it does now. The touch at which the count is full has to grow old. */
export function fullUntil(past: readonly PastTouch[], atMs: number, count: number, hours: number, counted: Counted): number | undefined {
  if (past.length < count) return undefined
  const since = atMs - hours * hourMs
  const times: number[] = []
  for (const touch of past) {
    if (counted.channels && !counted.channels.includes(touch.channel)) continue
    if (counted.voices && !(touch.voice && counted.voices.includes(touch.voice))) continue
    if (counted.purposes && !counted.purposes.includes(touch.purpose)) continue
    if (counted.talked && !touch.talked) continue
    const ms = touch.at.epochMilliseconds
    if (ms > since) times.push(ms)
  }
  if (times.length < count) return undefined
  times.sort((a, b) => b - a)
  // A cap of nothing never opens.
  return count <= 0 ? Number.POSITIVE_INFINITY : (times[count - 1] as number) + hours * hourMs
}

const offers: readonly Purpose[] = ['feedback', 'marketing']
const callsAndTexts: Counted = { channels: ['call', 'sms'], purposes: offers }

function lawfulCaps(one: Case): void {
  for (const rule of one.plan.caps) {
    if (rule.exemptOnly && !one.exemptLine) continue
    if (rule.applies.onlyIf && !one.facts.policy[rule.applies.onlyIf]) continue
    if (rule.unless && relationLifts(one, rule)) continue
    const until = fullUntil(one.facts.past, one.atMs, rule.count, rule.hours, { ...(rule.counts ?? callsAndTexts), talked: rule.talked })
    if (until === undefined) continue
    waitUntil(one, until)
    const params = { place: rule.place, count: String(rule.count), hours: String(rule.hours), until: iso(until) }
    one.reasons.push(reason('cap_reached', params, { authority: rule.law, rule: rule.id }))
  }
}

function relationLifts(one: Case, rule: Rule & CapRule): boolean {
  const relation = standingsOf(one, 'registry', rule.place.slice(0, 2)).find(({ level }) => level === rule.unless)
  if (!relation) return false
  holdUntil(one, relation.untilMs)
  return true
}

function businessHours(one: Case): void {
  if (!isOffer(one.touch)) return
  const { policy } = one.facts
  const key = ownKey(one.of, policy)
  if (key === undefined) return
  const own = policy.zone === undefined ? allZones : [policy.zone]
  const zones = one.where.zones.length > 0 ? one.where.zones : own
  const until = closedUntil(one, policy, `b${one.where.id} ${policy.zone ?? ''} ${key}`, zones)
  if (until === 'never') one.reasons.push(reason('business_channel_off', { channel: one.touch.channel }, { rule: 'workspace' }))
  else if (until !== undefined) one.reasons.push(reason('business_is_quiet', { until: iso(until) }, { rule: 'workspace' }))
}

function herHours(one: Case): void {
  const { preferences, zone } = one.facts.person
  if (!preferences.hours || !isOffer(one.touch)) return
  const { policy } = one.facts
  const known = one.where.zones.length > 0 ? one.where.zones : policy.zone === undefined ? allZones : [policy.zone]
  // Her own clock is the one she told us; otherwise it may be any of them.
  const wish: OwnTimes = { hours: preferences.hours }
  const key = `h${zone ?? ''} ${one.where.id} ${policy.zone ?? ''} ${ownKey(one.of, wish)}`
  const until = closedUntil(one, wish, key, zone !== null && one.where.zones.includes(zone) ? [zone] : known)
  const { channel } = one.touch
  if (until === 'never') one.reasons.push(reason('prefers_other_channel', { channel }, { rule: 'preferences' }))
  else if (until !== undefined) one.reasons.push(reason('prefers_other_times', { until: iso(until) }, { rule: 'preferences' }))
}

function closedUntil(one: Case, own: OwnTimes, key: string, zones: readonly string[]): number | 'never' | undefined {
  const times: OpenTimes = ownTimes(one.of, own, key, { zones, calendars: one.where.calendars }, blockOf(one.atMs))
  const closing = closingAfter(times, one.atMs)
  if (closing !== undefined) {
    holdUntil(one, closing)
    return undefined
  }
  const opening = openingAfter(times, one.atMs)
  if (opening === undefined) return 'never'
  waitUntil(one, opening)
  return opening
}

function businessCaps(one: Case): void {
  const { caps } = one.facts.policy
  if (!caps) return
  for (const { count, hours, purposes = offers } of caps) {
    if (!purposes.includes(one.touch.purpose) || one.touch.purpose === 'legal') continue
    if (count <= 0) {
      one.reasons.push(reason('business_channel_off', { channel: one.touch.channel }, { rule: 'workspace' }))
      continue
    }
    const until = fullUntil(one.facts.past, one.atMs, count, hours, { purposes })
    if (until === undefined) continue
    waitUntil(one, until)
    const params = { count: String(count), hours: String(hours), until: iso(until) }
    one.reasons.push(reason('business_cap_reached', params, { rule: 'workspace' }))
  }
}

function herCap(one: Case): void {
  const { atMost } = one.facts.person.preferences
  if (!atMost || !isOffer(one.touch)) return
  if (atMost.count <= 0) {
    one.reasons.push(reason('prefers_other_channel', { channel: one.touch.channel }, { rule: 'preferences' }))
    return
  }
  const until = fullUntil(one.facts.past, one.atMs, atMost.count, atMost.hours, { purposes: offers })
  if (until === undefined) return
  waitUntil(one, until)
  const params = { count: String(atMost.count), hours: String(atMost.hours), until: iso(until) }
  one.reasons.push(reason('prefers_less_often', params, { rule: 'preferences' }))
}
