import { describe, expect, it } from 'vitest'
import { holdMinutes, holdShown } from './page-hold.rules.ts'

const now = Temporal.Instant.from('2027-01-04T14:00:00Z')
const hold = { id: 'a', expires_at: now.add({ minutes: 1 }), extensions: 0 }

describe('a kept time', () => {
  it('can be extended ten times while it lasts, and not afterwards', () => {
    expect(holdShown(hold, now)).toMatchObject({ state: 'live', mayExtend: true })
    expect(holdShown({ ...hold, extensions: holdMinutes.extensions }, now)).toMatchObject({ state: 'live', mayExtend: false })
    expect(holdShown(hold, now.add({ minutes: 1 }))).toMatchObject({ state: 'over', mayExtend: false })
  })
})
