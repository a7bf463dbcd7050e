import { expect, it } from 'vitest'
import { ApiProblem } from '../../lib/api.ts'
import { refusedSend } from './refused-send.ts'

const refusal = (slug: string, facts: object) =>
  new ApiProblem({ type: `https://desk.example/problems/${slug}`, title: 'No', status: 409, ...facts })
const reason = (code: string, effect: string) => ({ code, effect, params: {}, authority: null })

it('finds nothing in other errors', () => {
  expect(refusedSend(new TypeError('lost'))).toBeUndefined()
  expect(refusedSend(refusal('http/conflict', { reasons: [reason('suppressed', 'blocks')] }))).toBeUndefined()
})

it('keeps what stands in the way, and leaves out what is no reason', () => {
  const reasons = [reason('suppressed', 'blocks'), reason('contact_started_it', 'allows'), { code: 5 }, 'x']
  expect(refusedSend(refusal('privacy/refused', { reasons, nextMoment: '2026-11-20T10:00:00Z' }))).toEqual({
    reasons: [reason('suppressed', 'blocks')],
    nextMoment: '2026-11-20T10:00:00Z',
  })
  expect(refusedSend(refusal('privacy/refused', { nextMoment: null }))).toEqual({ reasons: [], nextMoment: undefined })
})
