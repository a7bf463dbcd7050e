import { expect, it } from 'vitest'
import { kindsByNoun } from './kinds.ts'
import { readLogSearch } from './log-address.ts'

it('kinds of events stand by what they are about', () => {
  expect(kindsByNoun(['contact.merged', 'booking.held', 'contact.created'])).toEqual([
    { noun: 'booking', kinds: ['booking.held'] },
    { noun: 'contact', kinds: ['contact.created', 'contact.merged'] },
  ])
})

it('the address of a log keeps what makes sense and leaves out the rest', () => {
  expect(readLogSearch({ state: 'failed', kind: 'booking.held', delivery: '01a20242-359e-7009-88ae-827e16ee8a01' })).toEqual({
    state: 'failed',
    kind: 'booking.held',
    delivery: '01a20242-359e-7009-88ae-827e16ee8a01',
  })
  expect(readLogSearch({ state: 'lost', kind: 'x<y', delivery: 7 })).toEqual({})
})
