import type { Facts, WallWindow } from '../../packages/contact-rules/src/facts.ts'
import type { Touch } from '../../packages/contact-rules/src/touch.ts'

/**
 * The same law a second time, the slow way: written from the reference’s tables, on Temporal’s own clocks and calendars, for the numbers of the tests only. It shares no
 * code and no data with the engine, so that a mistake has to be made twice to pass.
 */

/** Numbers of the tests with everything they may be in. */
export const numbers: readonly { readonly number: string; readonly states: string; readonly zones: readonly string[] }[] = [
  { number: '+13055550101', states: 'US US-FL', zones: ['America/New_York'] },
  { number: '+14485550101', states: 'US US-FL', zones: ['America/New_York', 'America/Chicago'] },
  { number: '+12125550101', states: 'US US-NY', zones: ['America/New_York'] },
  { number: '+12135550101', states: 'US US-CA', zones: ['America/Los_Angeles'] },
  { number: '+14055550101', states: 'US US-OK', zones: ['America/Chicago'] },
  { number: '+12145550101', states: 'US US-TX', zones: ['America/Chicago'] },
  { number: '+12065550101', states: 'US US-WA', zones: ['America/Los_Angeles'] },
  { number: '+15415550101', states: 'US US-OR', zones: ['America/Los_Angeles', 'America/Boise', 'America/Denver'] },
  { number: '+12055550101', states: 'US US-AL', zones: ['America/Chicago'] },
  { number: '+15045550101', states: 'US US-LA', zones: ['America/Chicago'] },
  { number: '+16015550101', states: 'US US-MS', zones: ['America/Chicago'] },
  { number: '+14015550101', states: 'US US-RI', zones: ['America/New_York'] },
  { number: '+18015550101', states: 'US US-UT', zones: ['America/Denver'] },
  { number: '+12155550101', states: 'US US-PA', zones: ['America/New_York'] },
  { number: '+16055550101', states: 'US US-SD', zones: ['America/Chicago', 'America/Denver'] },
  { number: '+12035550101', states: 'US US-CT', zones: ['America/New_York'] },
  { number: '+12075550101', states: 'US US-ME', zones: ['America/New_York'] },
  { number: '+13645550101', states: 'US US-KY', zones: ['America/New_York', 'America/Chicago'] },
  { number: '+13125550101', states: 'US US-IL', zones: ['America/Chicago'] },
  { number: '+16025550101', states: 'US US-AZ', zones: ['America/Phoenix'] },
  { number: '+18085550101', states: 'US US-HI', zones: ['Pacific/Honolulu'] },
  { number: '+14165550101', states: 'CA CA-ON', zones: ['America/Toronto'] },
  { number: '+13675550101', states: 'CA CA-QC', zones: ['America/Toronto', 'America/Halifax', 'America/Blanc-Sablon'] },
  { number: '+17095550101', states: 'CA CA-NL', zones: ['America/St_Johns', 'America/Halifax', 'America/Puerto_Rico'] },
  { number: '+442071838750', states: 'GB', zones: [] },
  { number: '+18765550101', states: 'JM', zones: [] },
]

/** Addresses of the tests. */
export const addresses = [
  { country: 'US', region: 'NV', zones: ['America/Los_Angeles', 'America/Denver', 'America/Boise'] },
  { country: 'US', region: 'MD', zones: ['America/New_York'] },
  { country: 'US', region: 'AL', zones: ['America/Chicago'] },
  { country: 'CA', region: 'ON', zones: ['America/Toronto', 'America/Winnipeg', 'America/Atikokan'] },
  { country: 'GB', region: null, zones: [] },
] as const

/** Monday to Friday, Saturday, Sunday, as the reference writes them; `h` closes legal holidays. */
const hours: { readonly [state: string]: string } = {
  US: '8-21 8-21 8-21',
  CA: '9-21:30 10-18 10-18',
  'US-FL': '8-20 8-20 8-20',
  'US-OK': '8-20 8-20 8-20',
  'US-MD': '8-20 8-20 8-20',
  'US-WA': '8-20 8-20 8-20',
  'US-OR': '8-20 8-20 8-20',
  'US-TX': '9-21 9-21 12-21',
  'US-CT': '9-20 9-20 9-20',
  'US-AL': '8-20 8-20 - h',
  'US-LA': '8-20 8-20 - h',
  'US-MS': '8-20 8-20 - h',
  'US-KY': '10-21 10-21 10-21',
  'US-NV': '9-20 9-20 9-20',
  'US-UT': '9-20 9-20 9-20 h',
  'US-RI': '9-18 10-17 - h',
  'US-SD': '8-21 8-21 -',
  'US-PA': '8-21 8-21 13:30-21 h',
  'US-IL': '8-21 8-21 8-21',
}

const minutes = (clock: string) => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return hour * 60 + minute
}

function isOpen(state: string, line: string, at: Temporal.ZonedDateTime): boolean {
  const [workdays, saturday, sunday, holidays] = line.split(' ')
  if (holidays === 'h' && isHoliday(state, at.toPlainDate())) return false
  const span = at.dayOfWeek === 7 ? sunday : at.dayOfWeek === 6 ? saturday : workdays
  if (!span || span === '-') return false
  const [from = '', to = ''] = span.split('-')
  const now = at.hour * 60 + at.minute
  return minutes(from) <= now && now < minutes(to)
}

/** Federal holidays with the days on which they are kept, and those of the states. */
export function isHoliday(state: string, date: Temporal.PlainDate): boolean {
  const { month, dayOfWeek, day, year } = date
  const nth = Math.ceil(day / 7)
  const is = (...days: readonly string[]) => days.includes(date.toString().slice(5))
  const fixed = (one: Temporal.PlainDate) => ['01-01', '06-19', '07-04', '11-11', '12-25'].includes(one.toString().slice(5))
  if (fixed(date) || (dayOfWeek === 5 && fixed(date.add({ days: 1 }))) || (dayOfWeek === 1 && fixed(date.subtract({ days: 1 }))))
    return true
  if (dayOfWeek === 1 && (month === 1 || month === 2) && nth === 3) return true
  if (dayOfWeek === 1 && ((month === 5 && day > 24) || (month === 9 && nth === 1) || (month === 10 && nth === 2))) return true
  if (month === 11 && dayOfWeek === 4 && nth === 4) return true
  const easter = easterDates[year]
  if (easter === undefined) throw new Error(`The oracle has no Easter for ${year}.`)
  const fromEaster = date.since(Temporal.PlainDate.from(easter)).total('days')
  const election = month === 11 && dayOfWeek === 2 && day > 1 && day < 9
  switch (state) {
    case 'US-AL':
      return fromEaster === -47 || (dayOfWeek === 1 && ((month === 4 && nth === 4) || (month === 6 && nth === 1)))
    case 'US-LA':
      return is('01-08', '01-19', '08-30', '11-01') || fromEaster === -47 || fromEaster === -2 || (election && year % 2 === 0)
    case 'US-MS':
      return dayOfWeek === 1 && month === 4 && day > 23
    case 'US-PA':
      return is('06-14') || fromEaster === -2 || election
    case 'US-RI':
      return (dayOfWeek === 1 && month === 8 && nth === 2) || (election && year % 2 === 0)
    case 'US-UT':
      return is('07-24') || (is('07-23') && dayOfWeek === 5) || (is('07-25') && dayOfWeek === 1)
    default:
      return false
  }
}
/** From the tables of the United States Naval Observatory. */
const easterDates: { readonly [year: number]: string } = {
  2025: '2025-04-20',
  2026: '2026-04-05',
  2027: '2027-03-28',
  2028: '2028-04-16',
}

/** Where the oracle thinks she may be. */
function whereabouts(touch: Touch, { point, person }: Facts) {
  const states = new Set<string>()
  const zones = new Set<string>()
  if (touch.channel === 'call' || touch.channel === 'sms' || touch.channel === 'whatsapp') {
    const known = numbers.find(({ number }) => number === point?.number)
    if (!known) throw new Error('The oracle knows the numbers of the tests only.')
    for (const state of known.states.split(' ')) states.add(state)
    for (const zone of known.zones) zones.add(zone)
  }
  const home = addresses.find(({ country, region }) => country === person.address?.country && region === person.address.region)
  if (home) {
    states.add(home.country)
    if (home.region) states.add(`${home.country}-${home.region}`)
    for (const zone of person.address?.zone ? [person.address.zone] : home.zones) zones.add(zone)
  }
  if (person.zone) zones.add(person.zone)
  if (states.size === 0) for (const country of ['US', 'CA']) states.add(country)
  return { states, zones: [...zones], foreign: [...states].some((state) => !/^(US|CA)/.test(state)) }
}

const later = (from: Temporal.Instant, months: number) => from.toZonedDateTimeISO('UTC').add({ months }).toInstant()
const before = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
const order = ['none', 'ebr', 'inquiry', 'pec_oral', 'pec', 'pewc']
const inside = (windows: readonly WallWindow[], at: Temporal.ZonedDateTime) =>
  windows.some(({ weekdays, fromMinute, toMinute }) => {
    const now = at.hour * 60 + at.minute
    const today = weekdays.includes(at.dayOfWeek)
    if (fromMinute < toMinute) return today && fromMinute <= now && now < toMinute
    const yesterday = weekdays.includes(at.dayOfWeek === 1 ? 7 : at.dayOfWeek - 1)
    return (today && now >= fromMinute) || (yesterday && now < toMinute)
  })

/** Everything that forbids a touch at an instant, in words; nothing where it may go out. */
export function forbiddenBy(touch: Touch, facts: Facts, at: Temporal.Instant): string[] {
  const { channel, purpose } = touch
  const { states, zones, foreign } = whereabouts(touch, facts)
  const found: string[] = []
  const no = (when: boolean | undefined, why: string) => {
    if (when) found.push(why)
  }
  const isCall = channel === 'call'
  const machine = isCall && touch.voice !== 'human'
  const dialed = isCall && touch.dialing === 'automatic'
  const offer = purpose === 'marketing' || purpose === 'feedback'
  const us = states.has('US')
  const canada = states.has('CA')
  const { policy, person, point, dealings, past } = facts
  if (!point) throw new Error('The oracle needs a point.')

  // The person, the address, the matter.
  no(facts.contact.state === 'erased' || (facts.contact.state === 'restricted' && purpose !== 'legal'), 'her state')
  no(!facts.channelsSetUp.includes(channel), 'the channel')
  no(point.bounce?.kind === 'permanent' || (point.bounce?.kind === 'temporary' && before(at, point.bounce.retryAfter)), 'the bounce')
  no(point.reassigned?.answer === 'yes', 'a reassigned number')
  const subject = facts.subject
  no(!subject || (purpose !== 'legal' && !subject.open), 'the matter')
  no(purpose === 'reply' && subject?.startedBy !== 'contact', 'who began')
  no(
    touch.about.type === 'missed_call' && !(subject?.since && before(at, later(subject.since, canada && !us ? 6 : 3))),
    'an old missed call',
  )

  // Her opt-outs.
  if (purpose !== 'legal') {
    for (const { scope, since, ...rest } of facts.suppressions) {
      const asked = touch.about.type === 'callback' && subject?.startedBy === 'contact' && !(subject.since && before(subject.since, since))
      no(scope === 'all', 'leave me alone')
      no(scope === 'marketing' && offer, 'no offers')
      no(scope === 'texts' && (channel === 'sms' || machine || dialed || (isCall && offer)), 'STOP')
      no(scope === 'calls' && isCall && !asked, 'no calls')
      no(scope === 'channel' && 'channel' in rest && rest.channel === channel, 'not on this channel')
    }
  }

  // Countries without rules.
  no(
    foreign && (offer || machine || dialed || (channel === 'sms' && touch.channel === 'sms' && touch.writer === 'machine')),
    'no rules for the country',
  )

  // Consent.
  const reach = { reply: 1, service: 1, legal: 1, feedback: 2, marketing: 3 }
  const live = facts.consents.filter(
    (one) =>
      one.channel === channel &&
      reach[one.purpose] >= reach[purpose] &&
      !before(at, one.givenAt) &&
      !(one.expiresAt && !before(at, one.expiresAt)),
  )
  const has = (level: string, automated = false) =>
    live.some((one) => order.indexOf(one.level) >= order.indexOf(level) && (!automated || one.automated))
  const within = (what: Temporal.Instant | null, months: number) => what !== null && !before(at, what) && before(at, later(what, months))
  let exempt = false
  if (machine && us) {
    if (purpose === 'marketing') no(!has('pewc', true), 'no written consent to a machine')
    else if (!has('pec_oral', true)) {
      if (point.line === 'landline') exempt = true
      else no(true, 'no consent to a machine')
    }
  }
  no(machine && states.has('US-CA') && !has('pec_oral', true), 'California: consent to a machine')
  no(machine && canada && !has('pec_oral', true), 'Canada: consent to a machine')
  const written = ['US-FL', 'US-OK', 'US-MD'].some((state) => states.has(state))
  no(dialed && written && purpose === 'marketing' && !has('pewc', true), 'FL, OK, MD: dialed by a machine')
  no(states.has('US-CT') && (isCall || channel === 'sms') && purpose === 'marketing' && !has('pewc'), 'CT: written consent')
  no(us && channel === 'sms' && purpose === 'marketing' && !has('pewc', true), 'a text with an offer')
  const given = point.givenByContact || point.lastHeardAt !== null
  no(
    us && channel === 'sms' && purpose !== 'marketing' && purpose !== 'legal' && !given && !has('pec_oral'),
    'a text to a number not given',
  )
  no(us && !['call', 'sms', 'email'].includes(channel) && purpose === 'marketing' && !has('pec'), 'messenger without opt-in')
  const implied = within(dealings.lastTransactionAt, 24) || within(dealings.lastInquiryAt, 6)
  no(canada && !isCall && offer && !has('pec_oral') && !implied, 'CASL')
  no(policy.mailNeedsConsent && channel === 'email' && purpose === 'marketing' && !has('pec_oral'), 'the business asks for consent')

  // Voices and sellers.
  no(isCall && touch.voice === 'artificial' && states.has('US-OK') && purpose === 'marketing', 'OK: altered voice')
  no(machine && states.has('US-WA') && purpose === 'marketing', 'WA: machines')
  const sells = (isCall || channel === 'sms') && purpose === 'marketing'
  no(sells && states.has('US-TX') && !policy.registeredIn?.includes('US-TX'), 'TX: registration')

  // Registers.
  const checks = (registry: string, lifted: boolean) => {
    if (lifted) return
    const copy = facts.registries.find((one) => one.registry === registry)
    no(!copy || copy.listed || !before(at, copy.asOf.add({ hours: 31 * 24 })), `register ${registry}`)
  }
  const relation = within(dealings.lastTransactionAt, 18) || within(dealings.lastInquiryAt, 3)
  // The strongest consent is what counts, and only writing lifts a register.
  if (sells && us) {
    checks('us.national', relation || has('pewc'))
    for (const state of ['CO', 'FL', 'LA', 'MA', 'MO', 'OK', 'PA', 'TN', 'TX', 'WY']) {
      if (states.has(`US-${state}`)) checks(`us.${state}`, relation || has('pewc'))
    }
    if (states.has('US-IN')) checks('us.IN', has('pewc'))
    if (states.has('US-AZ') && channel === 'sms') checks('us.national', has('pewc'))
  }
  if (isCall && purpose === 'marketing' && canada) {
    checks('ca.national', within(dealings.lastTransactionAt, 18) || within(dealings.lastInquiryAt, 6) || has('pec_oral'))
  }

  // Numbers that were silent for long.
  if (us && offer && (channel === 'sms' || machine || dialed)) {
    const signs = [point.lastHeardAt, ...facts.consents.filter((one) => one.channel === channel).map((one) => one.givenAt)]
    const sign = signs.some((one) => one && !before(at, one) && before(at, one.add({ hours: 45 * 24 })))
    const sure = point.reassigned?.answer === 'no' && before(at, point.reassigned.at.add({ hours: 31 * 24 }))
    no(!sign && !sure, 'a silent number')
  }

  // Who we are.
  no(isCall && offer && (us || canada) && !facts.sender.callerIdAnswered, 'the number shown')
  no(channel === 'sms' && us && !facts.sender.textsRegistered, 'registered texts')

  // What the operators of messengers let through.
  const heard = facts.heard[channel]
  const heardWithin = (days: number) => heard !== undefined && before(at, heard.add({ hours: days * 24 }))
  const personLater = touch.channel !== 'call' && touch.writer === 'person' && purpose === 'reply' && facts.sender.personMayAnswerLater
  no((channel === 'messenger' || channel === 'instagram') && !heardWithin(personLater ? 7 : 1), 'the window of Meta')
  no(channel === 'whatsapp' && !('template' in touch && touch.template) && !heardWithin(1), 'the window of WhatsApp')
  no(channel === 'whatsapp' && offer && us && !heardWithin(1), 'offers by WhatsApp in the United States')

  // Hours.
  if (offer && (isCall || channel === 'sms')) {
    for (const [state, line] of Object.entries(hours)) {
      if (!states.has(state)) continue
      for (const zone of zones) no(!isOpen(state, line, at.toZonedDateTimeISO(zone)), `hours of ${state} in ${zone}`)
    }
    if (machine && states.has('US-IL')) {
      for (const zone of zones) no(at.toZonedDateTimeISO(zone).hour < 9, 'IL: machines from nine')
    }
  }

  // Caps.
  type One = (typeof past)[number]
  const full = (count: number, span: number, which: (one: One) => boolean) =>
    past.filter((one) => which(one) && before(at.subtract({ hours: span }), one.at)).length >= count
  const sold = (one: One) =>
    (one.channel === 'call' || one.channel === 'sms') && (one.purpose === 'marketing' || one.purpose === 'feedback')
  const robot = (one: One) => one.channel === 'call' && one.voice !== undefined && one.voice !== 'human'
  if (offer && (isCall || channel === 'sms')) {
    for (const state of ['US-FL', 'US-OK', 'US-MD']) no(states.has(state) && full(3, 24, sold), `three a day in ${state}`)
    no(states.has('US-OR') && !within(dealings.lastTransactionAt, 18) && full(3, 24, sold), 'three a day in OR')
    no(dialed && states.has('US-ME') && full(1, 8, (one) => one.channel === 'call' && sold(one)), 'ME: one in eight hours')
  }
  no(machine && states.has('US-ME') && full(1, 8, robot), 'ME: one machine in eight hours')
  no(exempt && full(3, 720, robot), 'three exempt calls in 30 days')
  no(exempt && policy.healthCare && (full(1, 24, robot) || full(3, 168, robot)), 'exempt calls of health care')
  if (us && isCall && touch.about.type === 'invoice' && policy.collectsDebts) {
    no(
      full(7, 168, (one) => one.channel === 'call') || full(1, 168, (one) => one.channel === 'call' && one.talked === true),
      'Regulation F',
    )
  }

  // The business and she herself.
  if (purpose !== 'legal') {
    no(policy.channelsOff?.includes(channel), 'channel off')
    no(isCall && policy.voicesOff?.includes(touch.voice), 'voice off')
    for (const cap of policy.caps ?? []) {
      const counted = cap.purposes ?? ['feedback', 'marketing']
      no(counted.includes(purpose) && full(cap.count, cap.hours, (one) => counted.includes(one.purpose)), 'the cap of the business')
    }
    no(offer && policy.emergencies?.some((place) => states.has(place)), 'an emergency')
  }
  if (offer) {
    const clocks = zones.length > 0 ? zones : [policy.zone ?? 'UTC']
    for (const zone of clocks) {
      const local = at.toZonedDateTimeISO(zone)
      no(policy.hours && !inside(policy.hours, local), 'hours of the business')
      no(policy.quiet && inside(policy.quiet, local), 'quiet hours of the business')
      no(policy.sundaysOff && local.dayOfWeek === 7, 'Sundays off')
    }
    const { preferences } = person
    const hers = person.zone ? [person.zone] : clocks
    for (const zone of hers) no(preferences.hours && !inside(preferences.hours, at.toZonedDateTimeISO(zone)), 'her hours')
    no(
      preferences.atMost &&
        full(preferences.atMost.count, preferences.atMost.hours, (one) => one.purpose === 'marketing' || one.purpose === 'feedback'),
      'her cap',
    )
    const spoken = touch.language?.slice(0, 2)
    no(
      spoken !== undefined && (preferences.languages?.length ?? 0) > 0 && !preferences.languages?.some((one) => one.startsWith(spoken)),
      'her language',
    )
  }
  no(purpose !== 'legal' && purpose !== 'reply' && person.preferences.channelsOff?.includes(channel), 'her channels')
  return found
}
