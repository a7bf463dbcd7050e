import { expect, it } from 'vitest'
import { ApiProblem } from '../../lib/api.ts'
import { alternativesOf } from './refused-slots.ts'
import { someSlots } from './testing.ts'

const refusal = (slug: string, facts: object) =>
  new ApiProblem({ type: `https://desk.example/problems/${slug}`, title: 'No', status: 409, ...facts })

it('finds nothing in other errors', () => {
  expect(alternativesOf(new TypeError('lost'))).toBeUndefined()
  expect(alternativesOf(refusal('scheduling/booking-over', { alternatives: someSlots([0]) }))).toBeUndefined()
})

it('takes the slots of a refusal and leaves out what is none', () => {
  const slots = someSlots([0, 30])
  expect(alternativesOf(refusal('scheduling/slot-taken', { alternatives: slots }))).toEqual(slots)
  expect(alternativesOf(refusal('scheduling/slot-not-offered', { alternatives: [...slots, { start: 5 }, null] }))).toEqual(slots)
  expect(alternativesOf(refusal('scheduling/slot-taken', {}))).toEqual([])
})
