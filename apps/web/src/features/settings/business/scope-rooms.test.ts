import { expect, it } from 'vitest'
import { scopeParts, scopesByRoom } from './scope-rooms.ts'

const scope = (name: string, mayGive = true) => ({ name, mayGive })

it('leaves out what the person may not give', () => {
  expect(scopesByRoom([scope('bookings.read', false)])).toEqual([])
})

it('shows scopes by room, reading before changing, and what is new at the end', () => {
  expect(scopesByRoom([scope('phone.call'), scope('bookings.manage'), scope('notes.write'), scope('bookings.read')])).toEqual([
    { room: 'calendar', scopes: ['bookings.read', 'bookings.manage'] },
    { room: 'contacts', scopes: ['notes.write'] },
    { room: 'other', scopes: ['phone.call'] },
  ])
})

it('takes a name apart at its last dot', () => {
  expect(scopeParts('time_off.manage')).toEqual({ noun: 'time_off', verb: 'manage' })
})
