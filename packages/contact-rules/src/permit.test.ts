import { expect, it } from 'vitest'
import { decide } from './decide.ts'
import { nothingElseKnown, pointOnly } from './facts.ts'
import type { Permit } from './permit.ts'
import type { GrantPermit } from './permit-constructor.ts'
import { grantPermit } from './permit-constructor.ts'
import type { Touch } from './touch.ts'

const now = Temporal.Instant.from('2026-11-21T10:00:00Z')
const touch: Touch = { channel: 'email', writer: 'machine', purpose: 'service', about: { type: 'booking', id: 'b1' } }
const decision = decide(
  touch,
  {
    ...nothingElseKnown,
    contact: { state: 'active' },
    point: { ...pointOnly, bounce: null },
    subject: { open: true, startedBy: 'contact' },
    suppressions: [],
    channelsSetUp: ['email'],
  },
  now,
)
const whom = { id: 'p1', workspaceId: 'w1', contactId: 'c1', pointId: 'e1', expiresAt: now.add({ minutes: 5 }) }

it('is not made from an object that looks like one, nor from a no', () => {
  const looksLikeOne = { ...whom, ...touch, rulebookVersion: 'x' }
  // @ts-expect-error the brand is missing
  const forged: Permit = looksLikeOne
  expect(forged.id).toBe('p1')
  // @ts-expect-error a refusal grants nothing
  const wrong: GrantPermit = { ...whom, touch, decision: { allowed: false, reasons: [], stepThatWouldAllow: null, rulebookVersion: 'x' } }
  expect(wrong.decision.allowed).toBe(false)
})

it('says whom it lets us reach, how and what for, and cannot be changed', () => {
  if (!decision.allowed) throw new Error('The example must be allowed.')
  const permit = grantPermit({ ...whom, touch, decision })
  expect(permit).toEqual({ ...whom, channel: 'email', purpose: 'service', about: touch.about, rulebookVersion: decision.rulebookVersion })
  expect(Object.isFrozen(permit)).toBe(true)
  // @ts-expect-error a copy is no permit: it could name somebody else
  const copied: Permit = { ...permit, contactId: 'c2' }
  expect(copied).not.toBe(permit)
})
