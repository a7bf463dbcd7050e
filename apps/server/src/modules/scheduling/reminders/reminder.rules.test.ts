import { unknownReminderFields } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { fillFields } from './merge-fields.rules.ts'
import { dueAt, ofUseUntil, type ReminderMoment, readAnswer, verdictOf } from './reminder.rules.ts'

const at = (text: string) => Temporal.Instant.from(text)
const visit = (start: string, zone = 'America/New_York') => ({ starts_at: at(start), ends_at: at(start).add({ minutes: 30 }), zone })
const dayBefore = { moment: 'before', amount: 1, unit: 'days' } as const

describe('the moment of a reminder', () => {
  it.each<[string, ReminderMoment, ReturnType<typeof visit>, string]>([
    ['a day before is the same wall clock', dayBefore, visit('2027-01-06T15:00:00Z'), '2027-01-05T15:00:00Z'],
    ['also where an hour is skipped in between', dayBefore, visit('2027-03-14T13:00:00Z'), '2027-03-13T14:00:00Z'],
    ['and where one comes twice', dayBefore, visit('2027-11-07T14:00:00Z'), '2027-11-06T13:00:00Z'],
    ['by the clock of the business, not of the reader', dayBefore, visit('2027-03-28T08:00:00Z', 'Europe/Madrid'), '2027-03-27T09:00:00Z'],
    ['hours are elapsed time', { moment: 'before', amount: 24, unit: 'hours' }, visit('2027-03-14T13:00:00Z'), '2027-03-13T13:00:00Z'],
    ['minutes too', { moment: 'before', amount: 45, unit: 'minutes' }, visit('2027-01-06T15:00:00Z'), '2027-01-06T14:15:00Z'],
    [
      'afterwards counts from the end',
      { moment: 'after', amount: 2, unit: 'hours' },
      visit('2027-01-06T15:00:00Z'),
      '2027-01-06T17:30:00Z',
    ],
  ])('%s', (_, rule, booking, expected) => {
    expect(dueAt(rule, booking).toString()).toBe(expected)
  })

  it('one that is late is of use for half of the time it was to come early, a question afterwards for three days', () => {
    expect(ofUseUntil(dayBefore, visit('2027-01-06T15:00:00Z')).toString()).toBe('2027-01-06T03:00:00Z')
    expect(ofUseUntil({ moment: 'after', amount: 1, unit: 'days' }, visit('2027-01-06T15:00:00Z')).toString()).toBe('2027-01-10T15:30:00Z')
  })
})

describe('what happens at the moment', () => {
  const rule = { ...dayBefore, active: true, serviceIds: null }
  const booking = { ...visit('2027-01-06T15:00:00Z'), status: 'confirmed', service_id: 'cut' } as never
  const due = at('2027-01-05T15:00:00Z')
  it.each([
    ['a rule that is gone', undefined, {}, due, { act: 'skip', reason: 'rule_off' }],
    ['a rule that is switched off', { ...rule, active: false }, {}, due, { act: 'skip', reason: 'rule_off' }],
    ['a rule for other services', { ...rule, serviceIds: ['shave'] }, {}, due, { act: 'skip', reason: 'rule_off' }],
    ['a cancelled booking', rule, { status: 'cancelled' }, due, { act: 'skip', reason: 'cancelled' }],
    ['a booking that was moved', rule, { status: 'rescheduled' }, due, { act: 'skip', reason: 'moved' }],
    ['a hold', rule, { status: 'held' }, due, { act: 'skip', reason: 'not_confirmed' }],
    ['a visit that was', rule, { status: 'attended' }, due, { act: 'skip', reason: 'over' }],
    ['a question after somebody did not come', { ...rule, moment: 'after' }, { status: 'no_show' }, due, { act: 'skip', reason: 'missed' }],
    ['too early, because the rule was changed', rule, {}, due.subtract({ seconds: 1 }), { act: 'wait', until: due }],
    ['late and still of use', rule, {}, due.add({ hours: 11 }), { act: 'send' }],
    ['too late', rule, {}, due.add({ hours: 13 }), { act: 'skip', reason: 'too_late' }],
    ['in time', rule, {}, due, { act: 'send' }],
  ])('%s', (_, known, change, now, expected) => {
    const verdict = verdictOf(known as never, { ...(booking as object), ...change } as never, now)
    expect(JSON.stringify(verdict)).toBe(JSON.stringify(expected))
  })
})

describe('the answer to a reminder', () => {
  it.each([
    ["C'est pour quelle heure ?", null],
    ['C’est bon', null],
    ['Running late', null],
    ['Can I bring my daughter?', null],
    ['Yes, but can we make it eleven?', null],
    ['Stop', null],
    ['  ', null],
    ['C', { answer: 'confirmed', alone: true }],
    [' c. \n', { answer: 'confirmed', alone: true }],
    ['C – and I bring my daughter', { answer: 'confirmed', alone: false }],
    ['Confirmo', { answer: 'confirmed', alone: true }],
    ['Confirmé', { answer: 'confirmed', alone: true }],
    ['Sí', { answer: 'confirmed', alone: true }],
    ['Oui !', { answer: 'confirmed', alone: true }],
    ['D’accord', { answer: 'confirmed', alone: true }],
    ['r', { answer: 'move', alone: true }],
    ['Reprogramar, por favor', { answer: 'move', alone: false }],
    ['Déplacer', { answer: 'move', alone: true }],
    ['Reschedule please', { answer: 'move', alone: false }],
  ])('%s', (text, expected) => {
    expect(readAnswer(text)).toEqual(expected)
  })
})

describe('merge fields', () => {
  const values = {
    name: '{link}',
    service: 'Cut',
    person: 'Ana',
    date: 'Monday',
    time: '9',
    place: '',
    business: 'Salon',
    link: 'https://x',
  }
  it('become what they stand for, and what a value says is not read again', () => {
    expect(fillFields('Hello {name}, { service } on {date}. {unknown}', values)).toBe('Hello {link}, Cut on Monday. {unknown}')
  })
  it('that do not exist are named', () => {
    expect(unknownReminderFields('Hello {nmae}, {service} {} {nmae}')).toEqual(['nmae', ''])
  })
})
