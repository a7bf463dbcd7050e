import { IntakeBody } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { timelinePage } from '../../contacts/testing.ts'
import { providePrivacyPorts } from '../../privacy/index.ts'
import { bookAppointment } from '../book-appointment.ts'
import { cancelBooking } from '../cancel-booking.ts'
import { schedulingRoom } from '../index.ts'
import { testPages } from '../public/testing.ts'
import { rescheduleBooking } from '../reschedule-booking.ts'
import { answersOf, changeAnswers } from './answers.ts'
import { readIntake, writeIntake } from './questions.ts'

providePrivacyPorts()
const test = await testDatabase()
const background = await backgroundOf(test, { jobs: schedulingRoom.jobs, subscribers: schedulingRoom.subscribers })
const { shop, open, details, bookOnPage } = await testPages(test)
const { inside, owner, service } = shop

const ask = async (questions: readonly object[], more: object = {}) => {
  const { version } = await inside((tx) => readIntake(tx, owner, service.id))
  const body = IntakeBody.parse({ questions, ...more })
  return inside((tx) => writeIntake(tx, owner, { ...body, serviceId: service.id, version }))
}
const all = [
  { kind: 'yes_no', label: 'First visit?', required: true },
  { kind: 'choice', label: 'Which pet?', choices: ['Dog', 'Cat'] },
  { kind: 'number', label: 'How heavy?' },
  { kind: 'date', label: 'Born on' },
  { kind: 'text', label: 'Anything else?', help: 'Two lines are enough.' },
]
const bookingAt = async (start: string) => {
  const { rows } = await test.asSuperuser(
    "select id, thread_id, contact_id from booking where starts_at = $1 and status <> 'rescheduled' order by id desc limit 1",
    [start],
  )
  return rows[0]
}
const answersAt = async (start: string) => {
  const { thread_id } = await bookingAt(start)
  return (await inside((tx) => answersOf(tx, thread_id))).map(({ label, answer }) => [label, answer])
}

describe('questions', () => {
  it('cannot be written by who may not, over somebody’s change, without choices, or about health as if it were anything', async () => {
    await expect(
      inside((tx) => writeIntake(tx, shop.as.member, { questions: [], notSensitive: false, serviceId: service.id, version: 1 })),
    ).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(
      inside((tx) => writeIntake(tx, owner, { questions: [], notSensitive: false, serviceId: service.id, version: 9 })),
    ).rejects.toMatchObject({ type: 'http/version-mismatch' })
    expect(IntakeBody.safeParse({ questions: [{ kind: 'choice', label: 'Which?', choices: ['One'] }] }).success).toBe(false)
    await expect(ask([{ kind: 'text', label: 'Which allergies do you have?' }])).rejects.toMatchObject({ type: 'contacts/sensitive-field' })
    const said = await ask([{ kind: 'text', label: 'Which allergies do you have?' }], { notSensitive: true })
    expect(said.questions).toMatchObject([{ label: 'Which allergies do you have?' }])
  })

  it('keep their id while they are reworded; another kind of answer is another question', async () => {
    const { questions } = await ask(all)
    const [first] = questions
    const again = await ask([{ ...first, label: 'Your first visit?' }, ...questions.slice(1)])
    expect(again.questions.map(({ id }) => id)).toEqual(questions.map(({ id }) => id))
    await expect(ask([{ ...first, kind: 'text' }])).rejects.toMatchObject({ facts: { faults: [{ path: 'body.questions.0.kind' }] } })
    await ask(all)
  })
})

describe('whoever books on the page', () => {
  it('is asked, told what is missing or wrong with everything kept, and answers without script', async () => {
    const { questions } = await ask(all)
    const [visit, pet, weight, born, other] = questions.map(({ id }) => `q_${id}`)
    const page = await open(`${details}?start=2027-01-06T15:00:00Z`)
    for (const { label } of all) expect(page.text).toContain(`<bdi>${label}</bdi>`)
    const form = { name: 'Zoë', email: 'zoe@example.com', once: 'intake-0001', start: '2027-01-06T15:00:00Z' }
    const wrong = await open(details, { form: { ...form, [weight ?? '']: 'heavy', [other ?? '']: 'Shy' } })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain(`<a href="#${visit}"><bdi>First visit?</bdi> Please answer this.</a>`)
    expect(wrong.text).toContain(`<a href="#${weight}"><bdi>How heavy?</bdi> Give a number.</a>`)
    expect(wrong.text).toContain('>Shy</textarea>')
    const answers = {
      [visit ?? '']: 'yes',
      [pet ?? '']: 'Cat',
      [weight ?? '']: '4,2',
      [born ?? '']: '2025-03-01',
      [other ?? '']: 'Card 4111 1111 1111 1111',
    }
    expect((await open(details, { form: { ...form, ...answers } })).status).toBe(303)
    expect(await answersAt('2027-01-06T15:00:00Z')).toEqual([
      ['First visit?', 'yes'],
      ['Which pet?', 'Cat'],
      ['How heavy?', '4.2'],
      ['Born on', '2025-03-01'],
      ['Anything else?', 'Card ••••1111'],
    ])
  })

  it('changes her answers behind her link, until the appointment begins', async () => {
    const { questions } = await ask([
      { kind: 'yes_no', label: 'First visit?', required: true },
      { kind: 'text', label: 'Anything else?' },
    ])
    const [visit = '', other = ''] = questions.map(({ id }) => `q_${id}`)
    const path = await bookOnPage('2027-01-07T15:00:00Z', { [visit]: 'no' })
    const shown = await open(path)
    expect(shown.text).toContain('Your answers')
    expect((await open(`${path}/answers`)).text).toContain('<option value="no" selected>')
    const missing = await open(`${path}/answers`, { form: { [visit]: '', [other]: 'Late' } })
    expect([missing.status, missing.text.includes('>Late</textarea>')]).toEqual([422, true])
    const saved = await open(`${path}/answers`, { form: { [visit]: 'yes', [other]: 'Late' } })
    expect((await open(saved.location)).text).toContain('Your answers are saved.')
    expect(await answersAt('2027-01-07T15:00:00Z')).toEqual([
      ['First visit?', 'yes'],
      ['Anything else?', 'Late'],
    ])
    const booking = await bookingAt('2027-01-07T15:00:00Z')
    const { items } = await inside((tx) => timelinePage(tx, owner, { contactId: booking.contact_id, limit: 20 }))
    expect(items.filter(({ kind }) => kind === 'booking.answered')).toHaveLength(1)
    await inside((tx) => cancelBooking(tx, owner, { bookingId: booking.id, reason: null, quiet: true }))
    expect((await open(`${path}/answers`)).status).toBe(303)
    const bearer = { kind: 'contact_link', workspaceId: shop.workspaceId, contactId: booking.contact_id, bookingId: booking.id } as const
    await expect(inside((tx) => changeAnswers(tx, bearer, { bookingId: booking.id, answers: {} }))).rejects.toMatchObject({
      type: 'scheduling/already-cancelled',
    })
  })
})

describe('what was answered', () => {
  it('is not needed of who is booked by the team, moves with the appointment, and keeps its words when the question goes', async () => {
    const { questions } = await ask([{ kind: 'yes_no', label: 'First visit?', required: true }])
    const id = questions[0]?.id ?? ''
    const wish = {
      serviceId: service.id,
      who: { name: 'Ann', email: 'ann@example.com' },
      note: null,
      placeDetail: null,
      source: 'member',
      outsideHours: false,
      quiet: true,
      holdMinutes: null,
    } as const
    const booked = await inside((tx) => bookAppointment(tx, owner, { ...wish, start: Temporal.Instant.from('2027-01-08T15:00:00Z') }))
    await expect(inside((tx) => changeAnswers(tx, owner, { bookingId: booked.id, answers: { [id]: 'maybe' } }))).rejects.toMatchObject({
      facts: { faults: [{ path: `body.answers.${id}` }] },
    })
    await inside((tx) => changeAnswers(tx, owner, { bookingId: booked.id, answers: { [id]: 'no' } }))
    await inside((tx) =>
      rescheduleBooking(tx, owner, {
        bookingId: booked.id,
        start: Temporal.Instant.from('2027-01-08T17:00:00Z'),
        outsideHours: false,
        quiet: true,
      }),
    )
    await background.settle()
    await ask([])
    expect(await answersAt('2027-01-08T17:00:00Z')).toEqual([['First visit?', 'no']])
    const { rows } = await test.asSuperuser('select visit_ends_at, question_id from intake_answer where thread_id = $1', [booked.thread_id])
    expect(rows).toMatchObject([{ question_id: null }])
    expect(rows[0].visit_ends_at.toString()).toBe('2027-01-08T17:30:00Z')
  })
})
