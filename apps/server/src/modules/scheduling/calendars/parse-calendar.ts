import ICAL from 'ical.js'
import { type CalendarZones, calendarZones, utc, type WallZone } from './calendar-zones.ts'

/** A moment of an event on a wall clock, which is counted as if it were UTC. */
export type WallTime = { readonly wallMs: number; readonly isDate: boolean; readonly zone: WallZone }

/** One event as the file says it. */
export type CalendarEvent = {
  readonly uid: string
  /** The moment of its series that it stands for, in milliseconds; null for a series or a single event. */
  readonly replaces: number | null
  readonly sequence: number
  readonly stampMs: number
  readonly start: WallTime
  /** Of whole days their number, otherwise milliseconds. */
  readonly length: { readonly days: number } | { readonly ms: number }
  readonly takesTime: boolean
  readonly rules: readonly string[]
  /** Further and left-out times, in milliseconds; of whole days the wall clock's midnight in `days`. */
  readonly more: readonly WallTime[]
  readonly without: { readonly moments: ReadonlySet<number>; readonly days: ReadonlySet<number> }
}

/** A calendar file, taken apart. */
export type ParsedCalendar = {
  readonly zones: CalendarZones
  readonly events: readonly CalendarEvent[]
  /** Stretches that a file says are busy without saying with what (VFREEBUSY). */
  readonly stretches: readonly { readonly startMs: number; readonly endMs: number }[]
  /** Events of which not even the beginning can be understood. */
  readonly broken: number
}

export type ParseSettings = {
  /** For what has no zone. */
  readonly businessZone: string
  /** Lets others work; called again and again. */
  readonly pause: () => Promise<void>
  readonly overTime: () => boolean
}

const dayMs = 86_400_000

/**
 * Takes a calendar file (RFC 5545) apart, event by event, so that one that is broken takes no other along. Undefined for what is no calendar, `too_much` for one that takes too long.
 */
export async function parseCalendar(text: string, settings: ParseSettings): Promise<ParsedCalendar | 'too_much' | undefined> {
  if (!/^\s*BEGIN:VCALENDAR\s*$/im.test(text.slice(0, 1000))) return undefined
  const parts = componentsOf(text.replace(/\r?\n[ \t]/g, ''))
  const rules = new Map<string, ICAL.Component>()
  for (const part of parts.zones) {
    const component = read(part)
    const id = component?.getFirstPropertyValue('tzid')
    if (component && typeof id === 'string') rules.set(id, component)
  }
  const zones = calendarZones(rules, /^X-WR-TIMEZONE:(.{1,100})$/im.exec(text)?.[1]?.trim(), settings.businessZone)
  const events: CalendarEvent[] = []
  const stretches: { startMs: number; endMs: number }[] = []
  let broken = 0
  for (const [at, part] of parts.busy.entries()) {
    if (at % 50 === 49) {
      await settings.pause()
      if (settings.overTime()) return 'too_much'
    }
    const component = read(part.replace(ruleLines, ''))
    try {
      if (!component) broken += 1
      else if (component.name === 'vfreebusy') stretches.push(...stretchesOf(component))
      else events.push(eventOf(component, rulesIn(part), zones, at))
    } catch {
      broken += 1 // a date that is none, a length that runs backwards
    }
  }
  return { zones, events, stretches, broken }
}

/** The texts of the parts that matter, in one pass, whatever is left open. What is nested in an event, such as an alarm, stays in it. */
function componentsOf(unfolded: string): { readonly zones: readonly string[]; readonly busy: readonly string[] } {
  const zones: string[] = []
  const busy: string[] = []
  let open: { readonly kind: string; readonly lines: string[] } | undefined
  for (const line of unfolded.split(/\r?\n/)) {
    const [, edge = '', kind = ''] = /^(BEGIN|END):(VEVENT|VFREEBUSY|VTIMEZONE)[ \t]*$/i.exec(line) ?? []
    if (/^BEGIN$/i.test(edge)) open = { kind: kind.toUpperCase(), lines: [] }
    open?.lines.push(line)
    if (!/^END$/i.test(edge) || open?.kind !== kind.toUpperCase()) continue
    ;(open.kind === 'VTIMEZONE' ? zones : busy).push(open.lines.join('\r\n'))
    open = undefined
  }
  return { zones, busy }
}

/** Rules are kept from the parser: it would not read an event at all whose rule it does not understand. */
const ruleLines = /^(?:RRULE|EXRULE)[;:].*(?:\r?\n|$)/gim
const rulesIn = (part: string): readonly string[] =>
  [...part.matchAll(/^RRULE(?:;[^:\r\n]*)?:([^\r\n]*)/gim)].map(([, rule = '']) => rule.trim())

function read(part: string): ICAL.Component | undefined {
  try {
    return new ICAL.Component(ICAL.parse(`BEGIN:VCALENDAR\r\n${part}\r\nEND:VCALENDAR`)).getAllSubcomponents()[0]
  } catch {
    return undefined
  }
}

function eventOf(event: ICAL.Component, rules: readonly string[], zones: CalendarZones, at: number): CalendarEvent {
  const startProperty = event.getFirstProperty('dtstart')
  if (!startProperty) throw new TypeError('An event without a beginning.')
  const start = wallTimeOf(startProperty, zones)
  const replacing = event.getFirstProperty('recurrence-id')
  const replaced = replacing && wallTimeOf(replacing, zones)
  const stamp = event.getFirstPropertyValue('dtstamp')
  const word = (name: string): string => String(event.getFirstPropertyValue(name) ?? '').toUpperCase()
  const without = event.getAllProperties('exdate').flatMap((property) => wallTimesOf(property, zones))
  return {
    uid: word('uid') === '' ? `without-${at}` : String(event.getFirstPropertyValue('uid')),
    replaces: replaced ? replaced.zone.toMs(replaced.wallMs) : null,
    sequence: Number(event.getFirstPropertyValue('sequence') ?? 0) || 0,
    stampMs: stamp instanceof ICAL.Time ? wallMsOf(stamp) : 0,
    start,
    length: lengthOf(event, start, zones),
    // RFC 5545 §3.8.2.7; Outlook says "free" by a property of its own.
    takesTime: word('transp') !== 'TRANSPARENT' && word('status') !== 'CANCELLED' && word('x-microsoft-cdo-busystatus') !== 'FREE',
    rules,
    more: event.getAllProperties('rdate').flatMap((property) => wallTimesOf(property, zones)),
    without: {
      moments: new Set(without.filter(({ isDate }) => !isDate).map(({ zone, wallMs }) => zone.toMs(wallMs))),
      days: new Set(without.filter(({ isDate }) => isDate).map(({ wallMs }) => wallMs)),
    },
  }
}

function lengthOf(event: ICAL.Component, start: WallTime, zones: CalendarZones): CalendarEvent['length'] {
  const endProperty = event.getFirstProperty('dtend')
  const duration = event.getFirstPropertyValue('duration')
  if (endProperty) {
    const end = wallTimeOf(endProperty, zones)
    const length = start.isDate
      ? { days: Math.max(1, Math.round((end.wallMs - start.wallMs) / dayMs)) }
      : { ms: end.zone.toMs(end.wallMs) - start.zone.toMs(start.wallMs) }
    if (length.ms !== undefined && length.ms < 0) throw new RangeError('An event that ends before it begins.')
    return length
  }
  if (duration instanceof ICAL.Duration) {
    const ms = duration.toSeconds() * 1000
    if (ms < 0) throw new RangeError('An event of less than no length.')
    return start.isDate ? { days: Math.max(1, Math.round(ms / dayMs)) } : { ms }
  }
  // RFC 5545 §3.6.1: a day, or no time at all.
  return start.isDate ? { days: 1 } : { ms: 0 }
}

const wallMsOf = ({ year, month, day, hour, minute, second }: ICAL.Time): number => {
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  if (!Number.isFinite(ms) || year < 1900 || year > 9000) throw new RangeError('A date that is none.')
  return ms
}

function wallTimeOf(property: ICAL.Property, zones: CalendarZones): WallTime {
  const [first] = wallTimesOf(property, zones)
  if (!first) throw new TypeError('A time that is none.')
  return first
}

function wallTimesOf(property: ICAL.Property, zones: CalendarZones): WallTime[] {
  const name = property.getParameter('tzid')
  return property.getValues().flatMap((value: unknown) => {
    const time = value instanceof ICAL.Period ? value.start : value
    if (!(time instanceof ICAL.Time)) return []
    const zone = time.zone === ICAL.Timezone.utcTimezone ? utc : typeof name === 'string' ? (zones.zone(name) ?? zones.own) : zones.own
    return [{ wallMs: wallMsOf(time), isDate: time.isDate, zone: time.isDate ? zones.own : zone }]
  })
}

function stretchesOf(component: ICAL.Component): { startMs: number; endMs: number }[] {
  return component.getAllProperties('freebusy').flatMap((property) => {
    if (String(property.getParameter('fbtype') ?? 'BUSY').toUpperCase() === 'FREE') return []
    return property.getValues().flatMap((value: unknown) => {
      if (!(value instanceof ICAL.Period)) return []
      return [{ startMs: wallMsOf(value.start), endMs: wallMsOf(value.getEnd()) }] // always in UTC (RFC 5545 §3.8.2.6)
    })
  })
}
