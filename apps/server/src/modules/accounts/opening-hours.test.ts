import { describe, expect, it } from 'vitest'
import { violatedConstraint } from '../../platform/errors/index.ts'
import { openingHours } from './opening-hours.ts'
import { refusal, testRoom } from './testing.ts'

const test = await testRoom('invitation')
const { database } = test
const dana = await test.ownerBrowser()
const mo = await test.join(dana, 'member', 'mo@example.com')

const week = [{ weekday: 1, from: '09:00', to: '12:00' }]
const set = async (body: {
  weekly?: typeof week
  exceptions?: { date: string; closed: boolean; blocks: { from: string; to: string }[]; label?: string }[]
  holidaySet?: 'us' | null
}) => {
  const { version } = await dana.call('GET /opening-hours')
  return dana.call('PUT /opening-hours', { body: { weekly: week, exceptions: [], ...body }, version })
}

it('come with the workspace: Monday to Friday, nine to five', async () => {
  const hours = await dana.call('GET /opening-hours')
  expect(hours).toMatchObject({ zone: 'America/New_York', exceptions: [], holidaySet: null, holidays: [], version: 1 })
  expect(hours.weekly).toEqual([1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' })))
})

describe('setting the opening hours', () => {
  it('is for those who set things up, with the version they read', async () => {
    expect((await refusal(mo.call('PUT /opening-hours', { body: { weekly: [], exceptions: [] }, version: 1 }))).slug).toBe(
      'http/not-allowed',
    )
    const stale = await refusal(dana.call('PUT /opening-hours', { body: { weekly: [], exceptions: [] }, version: 7 }))
    expect(stale).toMatchObject({ slug: 'http/version-mismatch', details: { current: { version: 1 } } })
  })

  it.each([
    ['overlapping blocks', { weekly: [...week, { weekday: 1, from: '11:00', to: '13:00' }] }],
    [
      'a block beside a night that overlaps it',
      {
        weekly: [
          { weekday: 1, from: '18:00', to: '02:00' },
          { weekday: 1, from: '23:00', to: '24:00' },
        ],
      },
    ],
    ['a block without length', { weekly: [{ weekday: 1, from: '09:00', to: '09:00' }] }],
    ['a weekday that is none', { weekly: [{ weekday: 8, from: '09:00', to: '10:00' }] }],
    ['a time that is none', { weekly: [{ weekday: 1, from: '9', to: '25:00' }] }],
    ['a date that is none', { exceptions: [{ date: '2027-02-30', closed: true, blocks: [] }] }],
    ['a date twice', { exceptions: ['a', 'b'].map((label) => ({ date: '2027-02-01', closed: true, blocks: [], label })) }],
    ['a closed day with hours', { exceptions: [{ date: '2027-02-01', closed: true, blocks: [{ from: '09:00', to: '10:00' }] }] }],
    ['an open day without hours', { exceptions: [{ date: '2027-02-01', closed: false, blocks: [] }] }],
  ])('refuses %s', async (_what, body) => {
    expect((await refusal(set(body))).slug).toBe('http/invalid-request')
  })

  it('replaces them as a whole, with nights, the end of the day, and days that differ', async () => {
    const weekly = [
      { weekday: 5, from: '22:00', to: '02:00' },
      { weekday: 6, from: '09:00', to: '13:00' },
      { weekday: 6, from: '14:00', to: '24:00' },
    ]
    const exceptions = [
      { date: '2027-02-01', closed: true, blocks: [], label: 'Inventory' },
      {
        date: '2027-02-14',
        closed: false,
        blocks: [
          { from: '10:00', to: '12:00' },
          { from: '15:00', to: '18:00' },
        ],
      },
    ]
    const saved = await set({ weekly, exceptions })
    expect(saved.weekly).toEqual(weekly)
    expect(saved.exceptions).toEqual([exceptions[0], { ...exceptions[1], label: null }])
    expect(await dana.call('GET /opening-hours')).toEqual(saved)
    const hours = await database.inWorkspace(dana.workspaceId, openingHours)
    expect(hours.weekly).toContainEqual({ weekday: 5, start: '22:00', end: '02:00' })
    expect(hours.exceptions).toEqual([
      { date: Temporal.PlainDate.from('2027-02-01'), blocks: [], label: 'Inventory' },
      {
        date: Temporal.PlainDate.from('2027-02-14'),
        blocks: [
          { start: '10:00', end: '12:00' },
          { start: '15:00', end: '18:00' },
        ],
      },
    ])
  })

  it('closes on public holidays, unless an exception says otherwise', async () => {
    const saved = await set({
      holidaySet: 'us',
      exceptions: [{ date: '2027-07-05', closed: false, blocks: [{ from: '09:00', to: '12:00' }] }],
    })
    expect(saved.holidays[0]).toEqual({ date: '2027-01-18', label: 'Martin Luther King Jr. Day' })
    const { exceptions = [] } = await database.inWorkspace(dana.workspaceId, openingHours)
    const ofIndependenceDay = exceptions.filter(({ date }) => date.toString() === '2027-07-05')
    expect(ofIndependenceDay.map(({ blocks }) => blocks.length)).toEqual([0, 1]) // the later one holds
  })
})

it('cannot overlap in the database, whoever writes', async () => {
  const refused = await database
    .inWorkspace(dana.workspaceId, async (tx) => {
      const [rule] = await tx.db.selectFrom('hours_rule').selectAll().execute()
      if (rule)
        await tx.db
          .insertInto('hours_rule')
          .values({ ...rule, id: tx.newId(), from_time: '10:00', to_time: '11:00' })
          .execute()
    })
    .catch(violatedConstraint)
  expect(refused).toBe('hours_do_not_overlap')
})
