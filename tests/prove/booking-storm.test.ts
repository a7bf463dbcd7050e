/**
 * Many people want the same times at the same moment. Small here; `npm run prove -- booking-storm` asks with 200 requests over 20 times, as the foundation promises.
 */
import type { Slot } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { mountedRoutes } from '../../apps/server/src/modules/scheduling/routes.ts'
import { type TestBusiness, testBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { createHttpServer } from '../../apps/server/src/platform/http/index.ts'
import { openLog } from '../../apps/server/src/platform/log/index.ts'
import { sized } from '../setup/sizes.ts'

const size = { requests: sized(60, 200), times: sized(8, 20) }

const test = await testDatabase()
const app = await createHttpServer({
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
  routes: mountedRoutes,
  authenticate: async () => ({ byCookie: false }),
  trustedProxies: [],
})

type Answer = { status: number; body: { start?: string; type?: string; alternatives?: Slot[]; manageUrl?: string } }

async function slugOf(shop: TestBusiness): Promise<string> {
  const { rows } = await test.asSuperuser('select slug from workspace where id = $1', [shop.workspaceId])
  return rows[0].slug
}

async function ask(slug: string, start: string, who: number): Promise<Answer> {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/v1/pages/${slug}/cleaning-and-check-up/bookings`,
    payload: { start, name: `Visitor ${who}`, email: `storm${who}@example.com` },
  })
  return { status: answer.statusCode, body: answer.json() }
}

async function giveBack(answer: Answer): Promise<void> {
  const token = answer.body.manageUrl?.split('/').at(-1)
  const cancelled = await app.inject({ method: 'POST', url: `/api/v1/links/${token}/cancel`, payload: {} })
  expect(cancelled.statusCode).toBe(200)
}

const overlaps = async (shop: TestBusiness): Promise<number> => {
  const { rows } = await test.asSuperuser(
    `select count(*)::int as pairs from claim a join claim b on a.workspace_id = b.workspace_id and a.claimed_id = b.claimed_id and a.id < b.id and a.during && b.during
     where a.workspace_id = $1 and a.active and b.active`,
    [shop.workspaceId],
  )
  return rows[0].pairs
}

describe.each([1, 3])('with %i people to book', (people) => {
  it(`${size.requests} requests over ${size.times} overlapping times: no overlap, and every loser is offered times that book`, async () => {
    test.clock.advance({ hours: 1 }) // the limiter counts by the clock
    const shop = await testBusiness(test)
    for (let extra = 1; extra < people; extra++) await shop.newStaff(`Person ${extra}`, shop.service.id)
    const slug = await slugOf(shop)
    const first = Temporal.Instant.from('2027-01-06T14:00:00Z')
    const wanted = Array.from({ length: size.times }, (_, index) => first.add({ minutes: 15 * index }).toString())

    const answers = await Promise.all(
      Array.from({ length: size.requests }, (_, index) => ask(slug, wanted[index % size.times] ?? '', index)),
    )
    const winners = answers.filter((answer) => answer.status === 201)
    const losers = answers.filter((answer) => answer.status === 409)
    expect(answers.filter((answer) => answer.status !== 201 && answer.status !== 409).map((answer) => answer.body)).toEqual([])
    expect(losers.every((answer) => answer.body.type === '/api/problems/scheduling/slot-taken')).toBe(true)
    // Half an hour on a quarter-hour grid: each winner stands in the way of at most two neighbours.
    expect(winners.length).toBeGreaterThanOrEqual(Math.ceil(size.times / 3) * people)
    expect(await overlaps(shop)).toBe(0)

    // None of the wanted times is left.
    test.clock.advance({ minutes: 2 })
    const days = await app.inject({ url: `/api/v1/pages/${slug}/cleaning-and-check-up/days?zone=UTC&from=2027-01-06&days=1` })
    const left = new Set(days.json().days[0].slots.map((slot: Slot) => slot.start))
    expect(wanted.filter((start) => left.has(start))).toEqual([])

    // Every offer of every loser books, each on its own.
    const offered = new Set(losers.flatMap((answer) => (answer.body.alternatives ?? []).map((slot) => slot.start)))
    expect(losers.every((answer) => (answer.body.alternatives ?? []).length > 0)).toBe(true)
    for (const [index, start] of [...offered].entries()) {
      const answer = await ask(slug, start, 1000 + index)
      expect({ start, status: answer.status }).toEqual({ start, status: 201 })
      await giveBack(answer)
    }
    expect(await overlaps(shop)).toBe(0)
  })
})

it('a repeated request with the same key is one booking', async () => {
  test.clock.advance({ hours: 1 })
  const shop = await testBusiness(test)
  const slug = await slugOf(shop)
  const send = () =>
    app.inject({
      method: 'POST',
      url: `/api/v1/pages/${slug}/cleaning-and-check-up/bookings`,
      headers: { 'idempotency-key': 'one-and-the-same' },
      payload: { start: '2027-01-06T15:00:00Z', name: 'Ann', email: 'ann@example.com' },
    })
  const answers = await Promise.all([send(), send(), send()])
  expect(answers.map((answer) => answer.statusCode)).toEqual([201, 201, 201])
  for (const answer of answers) expect(answer.json()).toEqual(answers[0]?.json())
  const { rows } = await test.asSuperuser('select count(*)::int as bookings from booking where workspace_id = $1', [shop.workspaceId])
  expect(rows).toEqual([{ bookings: 1 }])
})
