import { expect, it } from 'vitest'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { testDatabase } from '../../platform/database/testing.ts'
import { claimTime, type FoundTime } from './claim-time.ts'
import { bookingById } from './find-booking.ts'
import { testBusiness } from './testing.ts'

const test = await testDatabase()
const shop = await testBusiness(test)
const ben = await shop.newStaff('Ben', shop.service.id)
const taken = await shop.book({ start: '2027-01-05T15:00:00Z', staffId: shop.ana })

const at = (staffId: FoundTime['staffId']): FoundTime => ({
  staffId,
  resourceIds: [],
  start: taken.starts_at,
  end: taken.ends_at,
  busyFrom: taken.busy_from,
  busyUntil: taken.busy_until,
  zone: taken.zone,
})
/** Writes a copy of the taken booking for one person, as if the locks had not been there. */
const copyOf = (tx: WorkspaceTx) => async (time: FoundTime) => {
  const id = tx.newId<'booking'>()
  const { id: _, ...columns } = await bookingById(tx, taken.id)
  await tx.db
    .insertInto('booking')
    .values({ ...columns, id, thread_id: id, staff_id: time.staffId })
    .execute()
  return { bookingId: id, expiresAt: null, result: time.staffId }
}
const bookings = async () => (await test.asSuperuser('select id from booking where workspace_id = $1', [shop.workspaceId])).rowCount

it('is refused by the database itself, whatever the code believed, and leaves the transaction usable', async () => {
  await shop.inside(async (tx) => {
    await expect(claimTime(tx, [at(shop.ana)], copyOf(tx))).rejects.toMatchObject({ type: 'scheduling/slot-taken' })
    expect((await bookingById(tx, taken.id)).status).toBe('confirmed')
  })
  expect(await bookings()).toBe(1)
})

it('goes to the next free person when the first is taken, and leaves no trace of the try', async () => {
  expect(await shop.inside((tx) => claimTime(tx, [at(shop.ana), at(ben)], copyOf(tx)))).toBe(ben)
  expect(await bookings()).toBe(2)
})

it.each([
  ['a claim that ends before it begins', `update claim set busy_until = busy_from where booking_id = $1`],
  [
    'a second booking that points back to one',
    `insert into booking select (jsonb_populate_record(b, jsonb_build_object('id', gen_random_uuid(), 'previous_id', b.id))).* from booking b, generate_series(1, 2) where b.id = $1`,
  ],
  ['a hold without its end', `update booking set status = 'held' where id = $1`],
  ['a cancellation by nobody', `update booking set status = 'cancelled' where id = $1`],
])('the database refuses %s', async (_, statement) => {
  await expect(test.asSuperuser(statement, [taken.id])).rejects.toThrow(/violates/)
})
