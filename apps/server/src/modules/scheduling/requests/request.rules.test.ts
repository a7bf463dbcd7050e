import { expect, it } from 'vitest'
import { requestAnswerBy } from './request.rules.ts'

const at = (text: string) => Temporal.Instant.from(text)

it('a request is answered within its time, and before the appointment begins', () => {
  const now = at('2027-01-04T14:00:00Z')
  expect(requestAnswerBy(now, at('2027-01-10T14:00:00Z'), 1440).toString()).toBe('2027-01-05T14:00:00Z')
  expect(requestAnswerBy(now, at('2027-01-04T16:00:00Z'), 1440).toString()).toBe('2027-01-04T16:00:00Z')
})
