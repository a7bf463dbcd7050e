import { RefusalGround, RequestState } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { agentStatus, isFinal } from './status.rules.ts'

const of = (
  state: RequestState,
  more: { ground?: RefusalGround; outcome?: 'upheld' | 'changed'; underWay?: boolean; revoked?: boolean } = {},
) =>
  agentStatus(
    { state, refusal_ground: more.ground ?? null, appeal_outcome: more.outcome ?? null },
    { revoked: more.revoked ?? false, underWay: more.underWay ?? false },
  )

describe('a case in the words of the protocol', () => {
  it.each<[RequestState, string, string | undefined]>([
    ['received', 'open', undefined],
    ['acknowledged', 'in_progress', undefined],
    ['verifying', 'in_progress', 'need_user_verification'],
    ['in_progress', 'in_progress', undefined],
    ['extended', 'in_progress', undefined],
    ['appealed', 'in_progress', undefined],
    ['escalated', 'in_progress', undefined],
    ['answered', 'fulfilled', undefined],
    ['closed', 'fulfilled', undefined],
    ['resolved', 'fulfilled', undefined],
  ])('%s is %s', (state, status, reason) => {
    expect(of(state)).toMatchObject({ status, ...(reason ? { reason } : {}) })
    expect(of(state, { revoked: true })).toMatchObject({ status: 'revoked' })
  })

  it.each<[RefusalGround, string]>([
    ['identity_not_proven', 'insuf_verification'],
    ['no_data', 'no_match'],
    ['law_requires_keeping', 'claim_not_covered'],
    ['rights_of_others', 'claim_not_covered'],
    ['compelling_grounds', 'claim_not_covered'],
    ['unfounded', 'other'],
    ['repeated', 'too_many_requests'],
    ['outside_law', 'outside_jurisdiction'],
  ])('refused for %s is denied, %s, and stays so when it is closed', (ground, reason) => {
    expect(of('refused', { ground })).toMatchObject({ status: 'denied', reason, says: `ground/${ground}` })
    expect(of('closed', { ground, outcome: 'upheld' })).toMatchObject({ status: 'denied', reason })
    expect(of('closed', { ground, outcome: 'changed' })).toMatchObject({ status: 'fulfilled' })
  })

  it('is not fulfilled while an erasure is under way', () => {
    expect(of('answered', { underWay: true })).toEqual({ status: 'in_progress', says: 'agent/carriedOut' })
  })

  it('has a status for every state and ground, and knows which are final', () => {
    for (const state of RequestState.options) {
      const needsGround = state === 'refused'
      for (const ground of needsGround ? RefusalGround.options : [undefined])
        expect(['open', 'in_progress', 'fulfilled', 'denied', 'revoked'], state).toContain(of(state, ground ? { ground } : {}).status)
    }
    expect(isFinal({ status: 'open' }) || isFinal({ status: 'in_progress' })).toBe(false)
    expect(isFinal({ status: 'denied' }) && isFinal({ status: 'revoked' }) && isFinal({ status: 'fulfilled' })).toBe(true)
  })
})
