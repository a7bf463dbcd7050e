import { expect, it } from 'vitest'
import { columnBlocks } from './column-blocks.ts'
import { aBooking, someTimeOff } from './testing.ts'

const day = { key: 'day', date: '2026-11-19' }
const annsDay = { ...day, staffId: 'ann' }
const bookings = [aBooking({ id: 'a', from: 0, until: 30 }), aBooking({ id: 'b', from: 0, until: 5, staff: 'ben' })]

it('leaves out other days and, in the column of a person, other people', () => {
  const others = { bookings, timeOff: [someTimeOff(0, 60, 'ben')], onlyPerson: false }
  expect(columnBlocks({ ...day, date: '2026-11-20' }, others, 'UTC')).toEqual({ laid: [], behind: [] })
  const mine = columnBlocks(annsDay, others, 'UTC')
  expect([mine.laid.map(({ item }) => item.kind === 'booking' && item.booking.id), mine.behind]).toEqual([['a'], []])
})

it('draws nothing too low to be read, not even at midnight', () => {
  expect(columnBlocks(day, { bookings, timeOff: [], onlyPerson: false }, 'UTC').laid.map(({ item }) => item.until - item.from)).toEqual([
    30, 20,
  ])
  const late = aBooking({ id: 'late', from: 715, until: 720 })
  expect(columnBlocks(day, { bookings: [late], timeOff: [], onlyPerson: true }, 'UTC').laid[0]?.item).toMatchObject({
    from: 1420,
    until: 1440,
  })
})

it('puts time off behind everything where it is the whole column, and beside the others where it is one of several people', () => {
  const timeOff = [someTimeOff(0, 60, 'ben'), someTimeOff(120, 180)]
  const several = columnBlocks(day, { bookings: [], timeOff, onlyPerson: false }, 'UTC')
  expect([several.laid.length, several.behind.length]).toEqual([1, 1])
  const alone = columnBlocks(day, { bookings: [], timeOff, onlyPerson: true }, 'UTC')
  expect([alone.laid.length, alone.behind.length]).toEqual([0, 2])
})

it('a room has the bookings that are in it, its own closed times and those of everybody', () => {
  const room = { ...day, resourceId: 'room1' }
  const bookings = [aBooking({ id: 'in', from: 0, until: 30, rooms: ['room1', 'laser'] }), aBooking({ id: 'out', from: 0, until: 30 })]
  const timeOff = [
    someTimeOff(60, 90, null, 'room1'),
    someTimeOff(90, 120, null, 'room2'),
    someTimeOff(120, 150),
    someTimeOff(150, 180, 'ann'),
  ]
  const { laid, behind } = columnBlocks(room, { bookings, timeOff, onlyPerson: false }, 'UTC')
  expect(laid.map(({ item }) => item.kind === 'booking' && item.booking.id)).toEqual(['in'])
  expect(behind.map(({ off }) => off.id)).toEqual(['off 60', 'off 120'])
})

it('a closed room stands beside the bookings of a day, and in nobody’s column', () => {
  const timeOff = [someTimeOff(60, 90, null, 'room1')]
  const ofDay = columnBlocks(day, { bookings: [], timeOff, onlyPerson: true }, 'UTC')
  expect([ofDay.laid.length, ofDay.behind.length]).toEqual([1, 0])
  const hers = columnBlocks(annsDay, { bookings: [], timeOff, onlyPerson: false }, 'UTC')
  expect([hers.laid.length, hers.behind.length]).toEqual([0, 0])
})
