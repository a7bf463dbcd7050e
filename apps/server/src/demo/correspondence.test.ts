import { expect, it } from 'vitest'
import { exchangeLetters } from './correspondence.ts'
import { letters } from './letters.ts'
import { emptyClinic, log } from './testing.ts'

it.each([
  ['a Sunday at noon', '2026-11-29T12:50'],
  ['a Friday evening', '2026-12-04T19:10'],
  ['the night before Christmas', '2026-12-24T03:00'],
])('every letter is written on %s, though nobody has booked before', async (_, moment) => {
  const today = Temporal.PlainDateTime.from(moment).toZonedDateTime('America/New_York').toInstant()
  const { by, clinic, clock, database, asSuperuser } = await emptyClinic(today.subtract({ hours: 24 * 7 }))
  await exchangeLetters({ by, database, log, clinic, today, setClock: clock.set })

  const { rows } = await asSuperuser(
    `select status, count(*)::int as conversations from conversation where exists
       (select from message where message.conversation_id = conversation.id and direction = 'in') group by status`,
  )
  // Three wait for an answer, one has hers, and with two there is nothing to do: one said thanks, of the other a program wrote.
  const found = Object.fromEntries(rows.map((row) => [row.status, row.conversations]))
  expect(found).toEqual({ open: 3, waiting: 1, resolved: 2 })
  const bookings = await asSuperuser('select count(*)::int as made, min(starts_at) > $1 as ahead from booking', [today.toString()])
  expect(bookings.rows).toEqual([{ made: letters.length, ahead: true }])
  expect(clock()).toEqual(today)
})
