import { type Html, html } from '../../../platform/http/index.ts'
import { zoneLabel } from '../booking-mail.ts'
import type { Day, Days } from '../public-days.ts'
import { icon } from './icons.ts'
import { carriedFields, phoneLink, prefillFields } from './layout.ts'
import type { Visit } from './visit.ts'
import { zoneForm } from './zone-form.ts'

/** Somebody who can be chosen. */
export type Person = { readonly id: string; readonly name: string; readonly hue: number }

export type TimeFacts = {
  readonly days: Days
  /** The day whose times are shown. */
  readonly selected: Day
  readonly today: Temporal.PlainDate
  /** The address of this page, and of the one a chosen time leads to. */
  readonly base: string
  readonly next: string
  readonly people: readonly Person[]
  readonly nameOf: ReadonlyMap<string, string>
  /** People may be chosen from, and who was. */
  readonly mayChoose: boolean
  readonly staffId: string | undefined
  readonly choosingZone: boolean
}

/** Day, zone, person and times: the part that a booking and a move share. */
export function timePicker(visit: Visit, facts: TimeFacts): Html {
  return html`${facts.mayChoose && facts.people.length > 1 && personChoice(visit, facts)}
<section class="stack" aria-labelledby="days-title"><div class="row"><h2 class="grow" id="days-title">${monthOf(visit, facts)}</h2>${weekLinks(visit, facts)}</div>${dayStrip(visit, facts)}</section>
${zoneNote(visit, facts)}
${clockNote(visit, facts)}
<section class="stack loose" id="times" aria-label="${dayName(visit, facts.selected.date)}">${facts.selected.slots.length > 0 ? slotGroups(visit, facts) : emptyDay(visit, facts)}</section>
${visit.business.phone && html`<p class="meta centre">${visit.t.parts('noFit', { phone: phoneLink(visit.business.phone, visit.business) })}</p>`}`
}

/** What is said when the times of another day have come in. */
export function spokenDay(visit: Visit, day: Day): string {
  return `${dayName(visit, day.date)}: ${visit.t('timesFree', { count: day.slots.length })}.`
}

/** `Friday, November 20` */
export const dayName = ({ f }: Visit, date: string): string => f.plainDate(date, 'weekday')

function personChoice(visit: Visit, { people, staffId, base, selected }: TimeFacts): Html {
  const choice = (id: string | undefined, label: Html) =>
    html`<li><a class="chip" data-swap data-key="person-${id ?? 'any'}" href="${visit.link(base, { staff: id, date: selected.date })}"${staffId === id && html` aria-current="true"`}>${label}</a></li>`
  return html`<nav class="stack" aria-labelledby="person-title"><h2 id="person-title">${visit.t('person')}</h2><ul class="chips">${choice(undefined, html`${visit.t('firstFree')}`)}${people.map(
    (person) => choice(person.id, html`${person.name}`),
  )}</ul></nav>`
}

function monthOf({ f }: Visit, { days, selected }: TimeFacts): string {
  const month = (date: string) =>
    f.month(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: f.zone, plainTime: '12:00' }).epochMilliseconds)
  const first = days.days[0]?.date ?? selected.date
  const last = days.days.at(-1)?.date ?? selected.date
  return month(first) === month(last) ? month(first) : `${month(first)} – ${month(last)}`
}

function weekLinks(visit: Visit, { days, base, staffId, today }: TimeFacts): Html {
  const from = Temporal.PlainDate.from(days.days[0]?.date ?? today.toString())
  const length = days.days.length
  const earlier = Temporal.PlainDate.compare(from, today) > 0 ? from.subtract({ days: length }) : undefined
  const later = days.days.at(-1)?.state === 'too_far' ? undefined : from.add({ days: length })
  const arrow = (date: Temporal.PlainDate | undefined, name: 'earlier' | 'later', label: string) =>
    date
      ? html`<a class="btn ghost sq" data-swap data-key="${name}" href="${visit.link(base, { staff: staffId, from: date.toString() })}" aria-label="${label}">${icon(name, 'i flip')}</a>`
      : html`<span class="btn ghost sq off" aria-hidden="true">${icon(name, 'i flip')}</span>`
  return html`${arrow(earlier, 'earlier', visit.t('earlierDays'))}${arrow(later, 'later', visit.t('laterDays'))}`
}

function dayStrip(visit: Visit, { days, selected, base, staffId }: TimeFacts): Html {
  const { t, f } = visit
  return html`<nav aria-label="${t('day')}"><ul class="strip">${days.days.map((day) => {
    const date = Temporal.PlainDate.from(day.date)
    const face = html`<span aria-hidden="true">${f.weekday(date.dayOfWeek, 'short')}</span><b aria-hidden="true">${date.day}</b><i aria-hidden="true">${stateWord(visit, day)}</i>`
    const name = html`<span class="vh">${dayName(visit, day.date)}, ${day.state === 'open' ? t('timesFree', { count: day.slots.length }) : stateWord(visit, day)}</span>`
    if (day.state !== 'open') return html`<li class="off${day.date === selected.date ? ' here' : ''}">${name}${face}</li>`
    return html`<li><a data-swap data-key="day-${day.date}" href="${visit.link(base, { staff: staffId, date: day.date })}"${day.date === selected.date && html` aria-current="date"`}>${name}${face}</a></li>`
  })}</ul></nav>`
}

function stateWord({ t }: Visit, day: Day): string {
  switch (day.state) {
    case 'open':
      return t('left', { count: day.slots.length })
    case 'full':
      return t('full')
    case 'closed':
      return t('closed')
    case 'past':
      return t('past')
    case 'too_soon':
      return t('tooSoon')
    case 'too_far':
      return t('tooFar')
  }
}

function zoneNote(visit: Visit, { base, staffId, selected, choosingZone }: TimeFacts): Html {
  const { t, f, business } = visit
  const start =
    selected.slots[0]?.start ??
    Temporal.PlainDate.from(selected.date).toZonedDateTime({ timeZone: visit.zone, plainTime: '12:00' }).toInstant().toString()
  const at = Temporal.Instant.from(start)
  const zone = html`<b>${zoneLabel(f, at)}</b>`
  const apart = (at.toZonedDateTimeISO(business.zone).offsetNanoseconds - at.toZonedDateTimeISO(visit.zone).offsetNanoseconds) / 60e9
  const length = f.durationInWords(Math.abs(apart))
  const difference = apart === 0 ? '' : apart > 0 ? t('businessAhead', { length }) : t('businessBehind', { length })
  if (choosingZone) return zoneForm(visit, { base, staffId, date: selected.date, at })
  const change = html`<a class="nowrap" data-swap data-key="zone" href="${visit.link(base, { staff: staffId, date: selected.date, choose: 'zone' })}">${t('change')}<span class="vh">: ${t('chooseZone')}</span></a>`
  return html`<div class="note">${icon('globe')}<p>${visit.zoneIsKnown ? t.parts('timesYours', { zone }) : t.parts('timesBusiness', { zone })} ${difference} ${change}</p></div>`
}

/** The clock shows the time at which it jumps, as people say it: forward at two, although it shows three then. */
function clockNote({ t, f, zone }: Visit, { selected }: TimeFacts): Html | null {
  if (selected.clockChange === null) return null
  const { at, minutes } = selected.clockChange
  const jumps = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime().subtract({ minutes })
  const facts = { length: f.durationInWords(Math.abs(minutes)), time: f.wallTime(jumps.toString({ smallestUnit: 'minute' })) }
  return html`<div class="note">${icon('clock')}<p>${minutes > 0 ? t('clockForward', facts) : t('clockBack', facts)}</p></div>`
}

function slotGroups(visit: Visit, facts: TimeFacts): Html {
  const { t, zone } = visit
  const groups = Map.groupBy(facts.selected.slots, (slot) => {
    const { hour } = Temporal.Instant.from(slot.start).toZonedDateTimeISO(zone)
    return hour < 12 ? t('morning') : hour < 17 ? t('afternoon') : t('evening')
  })
  return html`<form class="stack loose" method="${facts.next.endsWith('/hold') ? 'post' : 'get'}" action="${facts.next}">${carriedFields(visit)}${facts.next.startsWith('/b/') && prefillFields(visit)}${facts.staffId && html`<input type="hidden" name="staff" value="${facts.staffId}">`}
${[...groups].map(
  ([name, slots]) =>
    html`<div class="stack"><h2>${name}</h2><ul class="slots">${slots.map((slot) => html`<li><button name="start" value="${slot.start}" aria-label="${slotName(visit, facts, slot)}">${visit.f.time(slot.start)}</button></li>`)}</ul></div>`,
)}</form>`
}

/** What a time is called when it is read aloud: weekday, date, time and person. */
export function slotName(visit: Visit, { nameOf }: Pick<TimeFacts, 'nameOf'>, slot: Day['slots'][number]): string {
  const { t, f } = visit
  const names = slot.staffIds.map((id) => nameOf.get(id) ?? '').filter((name) => name !== '')
  const person =
    names.length <= 3 ? new Intl.ListFormat(visit.tag, { type: 'disjunction' }).format(names) : t('withFirstFree').toLowerCase()
  return t('slotLabel', { day: f.weekdayDate(slot.start), time: f.time(slot.start), person })
}

function emptyDay(visit: Visit, { selected, days, base, staffId }: TimeFacts): Html {
  const { t } = visit
  const day = dayName(visit, selected.date)
  const open = days.days.find((other) => other.state === 'open' && other.date > selected.date)?.date ?? days.nextOpen
  return html`<div class="empty"><p class="strong">${emptyReason(visit, selected, day)}</p>${
    open
      ? html`<p>${t('nextFree', { day: dayName(visit, open) })}</p><p><a class="btn" data-swap data-key="next-open" href="${visit.link(base, { staff: staffId, date: open })}">${t('goThere', { day: dayName(visit, open) })}</a></p>`
      : html`<p>${t('noneAhead')}</p>`
  }</div>`
}

function emptyReason({ t }: Visit, selected: Day, day: string): string {
  switch (selected.state) {
    case 'past':
      return t('dayPast')
    case 'too_soon':
      return t('dayTooSoon', { day })
    case 'too_far':
      return t('dayTooFar', { day })
    case 'closed':
      return t('dayClosed', { day })
    case 'full':
    case 'open':
      return t('dayFull', { day })
  }
}
