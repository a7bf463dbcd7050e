import type { CalendarId } from '@frontdesk/deadlines'
import type { Place, Rule, WeekHours } from '../rulebook.ts'
import type { Origin } from './rule-row.ts'
import { daily, offers, row, week } from './rule-row.ts'

const selling = { channels: ['call', 'sms'], purposes: offers } as const
const machines = ['artificial', 'prerecorded'] as const

function hours(
  state: string,
  origin: Origin,
  days: WeekHours,
  more: { readonly holidays?: CalendarId; readonly strict?: string } = {},
): Rule {
  return row(`us-${state.toLowerCase()}.hours`, `US-${state}` as Place, origin, {
    kind: 'hours',
    applies: selling,
    week: days,
    does: 'Offers keep the state’s own, narrower hours.',
    ...more,
  })
}

function threeADay(state: string, origin: Origin, more: { readonly unless?: 'ebr' } = {}): Rule {
  return row(`us-${state.toLowerCase()}.cap`, `US-${state}` as Place, origin, {
    kind: 'cap',
    applies: selling,
    count: 3,
    hours: 24,
    ...more,
    does: `At most three calls and texts with offers in 24 hours${more.unless ? ', unless there is a relationship' : ''}.`,
    strict: 'The cap is per subject; all offers are counted together.',
  })
}

function automatedNeedsWriting(state: string, origin: Origin): readonly Rule[] {
  const base = { kind: 'consent', level: 'pewc', automated: true } as const
  const id = `us-${state.toLowerCase()}.automated`
  const place = `US-${state}` as Place
  return [
    row(`${id}.dialed`, place, origin, {
      ...base,
      applies: { channels: ['call'], dialing: 'automatic', purposes: ['marketing'] },
      does: 'Offers in calls that a machine selects and dials need prior express written consent, also where a person speaks.',
    }),
    row(`${id}.texts`, place, origin, {
      ...base,
      applies: { channels: ['sms'], purposes: ['marketing'] },
      does: 'Offers by text need prior express written consent.',
    }),
  ]
}

const seed: Origin = { law: 'State telephone solicitation law', source: 'hours shipped with a dialer in 2013', certainty: '?' }
const charts: Origin = { law: 'State telephone solicitation law', source: 'dropcowboy 2025-11, clickpoint', certainty: 'S' }
const from2013 = 'Only an old table was found: where it is narrower than the federal hours it is kept until counsel has read the statute.'
const florida: Origin = { law: 'Fla. Stat. 501.059, 501.616(6)', certainty: 'V', from: '2021-07-01' }
const oklahoma: Origin = { law: '15 O.S. 775C', source: 'dnc.com', certainty: 'S', from: '2022-11-01' }
const maryland: Origin = { law: 'Md. SB 90/HB 37 (2023)', source: 'wmar2news', certainty: 'S', from: '2024-01-01' }
const washington: Origin = { law: 'RCW 19.158.040, 80.36.390, 80.36.400', source: 'RCW 19.158.040 read; 80.36 secondary', certainty: 'V' }
const oregon: Origin = { law: 'Or. HB 3865 (2025)', source: 'jdsupra, postscript', certainty: 'S', from: '2026-01-01' }
const texas: Origin = { law: 'Tex. SB 140; Bus. & Com. Code ch. 302, 305', source: 'kaufmandolowich, blacklistalliance', certainty: 'S' }
const connecticut: Origin = { law: 'Conn. SB 1058 (2023)', certainty: '?', from: '2023-10-01' }

/** The states’ own rules for calls and texts: the first set. Elsewhere the federal rules hold alone. */
export const usStates: readonly Rule[] = [
  hours('FL', florida, daily('08:00', '20:00')),
  threeADay('FL', florida),
  ...automatedNeedsWriting('FL', florida),
  hours('OK', oklahoma, daily('08:00', '20:00')),
  threeADay('OK', oklahoma),
  ...automatedNeedsWriting('OK', oklahoma),
  row('us-ok.voice', 'US-OK', oklahoma, {
    kind: 'forbid',
    applies: { channels: ['call'], voices: ['artificial'], purposes: ['marketing'] },
    does: 'No offers by an artificial voice.',
    strict:
      'The statute forbids to "intentionally alter the voice" of a caller; whether a synthesized or cloned voice is one is open, so it is taken as one.',
  }),
  hours('MD', maryland, daily('08:00', '20:00')),
  threeADay('MD', maryland),
  ...automatedNeedsWriting('MD', maryland),
  hours('WA', washington, daily('08:00', '20:00')),
  row('us-wa.disclosure', 'US-WA', washington, {
    kind: 'require',
    applies: { channels: ['call'], purposes: offers },
    codes: ['say_who_within_thirty_seconds', 'hang_up_within_ten_seconds'],
    does: 'The caller says who it is within 30 seconds, and ends the call within ten seconds of being asked to.',
  }),
  row('us-wa.machine', 'US-WA', washington, {
    kind: 'forbid',
    applies: { channels: ['call'], voices: machines, purposes: ['marketing'] },
    does: 'No offers by a machine’s voice.',
    strict: 'Sources say "barred or limited": taken as barred.',
  }),
  hours('OR', oregon, daily('08:00', '20:00')),
  threeADay('OR', oregon, { unless: 'ebr' }),
  row('us-or.machine', 'US-OR', oregon, {
    kind: 'require',
    applies: { channels: ['call'], voices: machines },
    codes: ['offer_opt_out', 'hang_up_within_ten_seconds'],
    does: 'A machine offers to stop and frees the line when she hangs up.',
  }),
  hours('TX', { ...texas, from: '2025-09-01' }, week(['09:00', '21:00'], ['09:00', '21:00'], ['12:00', '21:00'])),
  row(
    'us-tx.registration',
    'US-TX',
    { ...texas, from: '2025-09-01' },
    {
      kind: 'registration',
      applies: { channels: ['call', 'sms'], purposes: ['marketing'] },
      does: 'Offers go out only from businesses registered as telephone sellers there.',
      strict: 'A settlement of November 2025 frees texts with consent; it does not bind courts, so registration is asked for.',
    },
  ),
  hours('CT', connecticut, daily('09:00', '20:00'), { strict: 'One chart says 21:00; the earlier end is kept.' }),
  row('us-ct.consent', 'US-CT', connecticut, {
    kind: 'consent',
    applies: { channels: ['call', 'sms'], purposes: ['marketing'] },
    level: 'pewc',
    does: 'Every call or text with an offer needs prior express written consent, also by a person who dials by hand.',
    strict: 'Secondary sources only; the widest reading is kept.',
  }),
  hours('AL', charts, week(['08:00', '20:00'], ['08:00', '20:00'], null), { holidays: 'us-al' }),
  hours('LA', { ...charts, law: 'La. R.S. 45:844.11 and orders' }, week(['08:00', '20:00'], ['08:00', '20:00'], null), {
    holidays: 'us-la',
  }),
  hours('MS', { ...charts, certainty: '?', law: 'Miss. HB 1225' }, week(['08:00', '20:00'], ['08:00', '20:00'], null), {
    holidays: 'us-ms',
    strict: 'Sources conflict on holidays; they are kept closed.',
  }),
  hours('KY', { ...charts, certainty: 'V' }, daily('10:00', '21:00')),
  hours('MA', { ...charts, certainty: 'V' }, daily('08:00', '20:00')),
  hours('NV', { ...charts, certainty: 'V' }, daily('09:00', '20:00')),
  hours('UT', seed, daily('09:00', '20:00'), {
    holidays: 'us-ut',
    strict: `${from2013} Holidays are restricted without consent; they are kept closed with it, too.`,
  }),
  hours('MI', charts, daily('09:00', '21:00')),
  hours('MN', charts, daily('09:00', '21:00')),
  hours('NM', charts, daily('09:00', '21:00')),
  hours('RI', { law: 'R.I. Gen. Laws 5-61-3.6', certainty: 'V' }, week(['09:00', '18:00'], ['10:00', '17:00'], null), {
    holidays: 'us-ri',
  }),
  hours('SD', seed, week(['08:00', '21:00'], ['08:00', '21:00'], null), { strict: from2013 }),
  hours('PA', { ...charts, certainty: '?' }, week(['08:00', '21:00'], ['08:00', '21:00'], ['13:30', '21:00']), {
    holidays: 'us-pa',
    strict: 'Charts disagree; the later start on Sundays and the closed holidays are kept.',
  }),
  hours('WY', seed, daily('08:00', '20:00'), { strict: from2013 }),
  hours('IN', seed, daily('09:00', '20:00'), { strict: from2013 }),
  hours('NE', seed, daily('08:00', '21:00'), { strict: from2013 }),
  hours('IL', seed, daily('08:00', '21:00'), { strict: from2013 }),
  row('us-il.machine_hours', 'US-IL', seed, {
    kind: 'hours',
    applies: { channels: ['call'], voices: machines, purposes: offers },
    week: daily('09:00', '21:00'),
    does: 'A machine’s voice starts at 9:00.',
    strict: `${from2013} Artificial voices are taken as prerecorded ones.`,
  }),
  hours('TN', seed, daily('08:00', '21:00'), { strict: from2013 }),
  row(
    'us-me.cap',
    'US-ME',
    { law: 'State automatic dialing law', source: 'g2leadstosales', certainty: 'S' },
    {
      kind: 'cap',
      applies: { channels: ['call'], dialing: 'automatic', purposes: offers },
      counts: { channels: ['call'], purposes: offers },
      count: 1,
      hours: 8,
      does: 'A machine dials at most once in eight hours.',
      strict: 'Calls dialed by hand are counted with them.',
    },
  ),
  row(
    'us-me.machine_cap',
    'US-ME',
    { law: 'State automatic dialing law', source: 'g2leadstosales', certainty: 'S' },
    {
      kind: 'cap',
      applies: { channels: ['call'], voices: machines },
      counts: { channels: ['call'], voices: machines },
      count: 1,
      hours: 8,
      does: 'A machine’s voice calls at most once in eight hours.',
    },
  ),
  row(
    'us-az.texts',
    'US-AZ',
    { law: 'Ariz. HB 2498', certainty: 'S' },
    {
      kind: 'registry',
      applies: { channels: ['sms'], purposes: ['marketing'] },
      registry: 'us.national',
      maxAgeDays: 31,
      exempt: ['pewc'],
      does: 'Texts with offers to numbers on the national register need consent; a relationship is not enough.',
    },
  ),
  row(
    'us-ca.machine',
    'US-CA',
    { law: 'Cal. Pub. Util. Code 2874 (AB 2905)', certainty: 'V', from: '2025-01-01' },
    {
      kind: 'consent',
      applies: { channels: ['call'], voices: machines },
      level: 'pec_oral',
      automated: true,
      does: 'A machine’s voice calls only people who agreed to it, landlines included; then no person has to introduce it.',
      strict: 'Whether a conversation with an AI is a "prerecorded message" is open: it is taken as one.',
    },
  ),
]
