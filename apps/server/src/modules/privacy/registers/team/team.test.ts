import { type Principal, roles } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../platform/database/testing.ts'
import { mailPolicy } from '../../../../platform/mail/index.ts'
import { accountsPolicy } from '../../../accounts/index.ts'
import { contactsPolicy } from '../../../contacts/index.ts'
import { testWorkspace } from '../../../contacts/testing.ts'
import { importContact } from '../../erasure/index.ts'
import { privacyPolicy } from '../../privacy.policy.ts'
import { testRegisters } from '../testing.ts'
import { keepAuthorizationPolicy, readAuthorizationPolicy, roleMapOf } from './authorization-policy.ts'
import { giveInstruction, listInstructions } from './instructions.ts'
import { acceptTerms, readTerms } from './processing-terms.ts'
import { teamPolicy } from './team.policy.ts'
import { acknowledgeTraining, changeTraining, isSuspended, readTraining, trainingTextVersion } from './training.ts'

const test = await testDatabase()
const policies = [accountsPolicy, contactsPolicy, privacyPolicy, mailPolicy, teamPolicy]
beforeAll(() => testRegisters([], policies))

async function business() {
  const place = await testWorkspace(test)
  const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
  return { ...place, inside, owner: place.as.owner }
}

describe('the processing terms', () => {
  it('have to be accepted by an owner before data come in from elsewhere [W4]', async () => {
    const { inside, owner, as } = await business()
    await expect(inside((tx) => importContact(tx, owner))).rejects.toMatchObject({ type: 'privacy/terms-not-accepted' })
    const { version, sha256, accepted } = await inside((tx) => readTerms(tx, owner))
    expect(accepted).toBe(false)
    await expect(inside((tx) => acceptTerms(tx, as.admin, { version, sha256 }))).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(inside((tx) => acceptTerms(tx, owner, { version, sha256: 'f'.repeat(64) }))).rejects.toMatchObject({
      type: 'http/conflict',
    })
    await inside((tx) => acceptTerms(tx, owner, { version, sha256 }))
    await inside((tx) => acceptTerms(tx, owner, { version, sha256 }))
    expect((await inside((tx) => readTerms(tx, as.auditor))).acceptances).toMatchObject([{ version, sha256, by: 'The owner' }])
    expect((await inside((tx) => importContact(tx, owner))).import.state).toBe('waiting')
  })

  it('go with instructions on record, which nobody can change, and which the operator cannot write [W3]', async () => {
    const { inside, owner, as, workspaceId } = await business()
    await inside((tx) => giveInstruction(tx, owner, { text: 'No support staff outside of Canada' }))
    await inside((tx) => giveInstruction(tx, owner, { text: 'Delete the test bookings' }))
    const operator: Principal = { kind: 'operator', workspaceId, grantId: 'g', access: 'change' }
    await expect(inside((tx) => giveInstruction(tx, operator, { text: 'Sell everything' }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
    const { items } = await inside((tx) => listInstructions(tx, as.auditor, { limit: 50 }))
    expect(items.map(({ text, by }) => [text, by])).toEqual([
      ['Delete the test bookings', 'The owner'],
      ['No support staff outside of Canada', 'The owner'],
    ])
    await expect(inside((tx) => tx.db.updateTable('processing_instruction').set({ text: 'x' }).execute())).rejects.toThrow(
      'permission denied',
    )
  })
})

describe('the rules for personal data', () => {
  it('are confirmed by each member, are due again, and keep whoever is overdue from personal data where the business has it so [L5]', async () => {
    const { inside, owner, as } = await business()
    const member = as.member
    const mine = async () => (await inside((tx) => readTraining(tx, member))).mine
    const suspended = () => inside((tx) => isSuspended(tx, member.memberId))
    expect(await mine()).toMatchObject({ acknowledgedAt: null, overdue: false })
    test.clock.advance({ hours: 24 * 31 })
    expect(await mine()).toMatchObject({ overdue: true })
    expect(await suspended()).toBe(false) // nobody has it so yet
    await inside((tx) => changeTraining(tx, owner, { everyMonths: 6, suspendWhenOverdue: true, version: 1 }))
    expect(await suspended()).toBe(true)
    const knocks: Principal = { ...member, suspended: true }
    expect(() => contactsPolicy.require(knocks, 'contacts.read')).toThrow(expect.objectContaining({ type: 'privacy/training-overdue' }))
    expect(contactsPolicy.decide(knocks, 'contacts.read')).toEqual({ allowed: false, reason: 'suspended' })
    expect(teamPolicy.decide(knocks, 'training.confirm')).toEqual({ allowed: true })
    await expect(inside((tx) => acknowledgeTraining(tx, member, { textVersion: 'other' }))).rejects.toMatchObject({ type: 'http/conflict' })
    await inside((tx) => acknowledgeTraining(tx, member, { textVersion: trainingTextVersion }))
    expect(await suspended()).toBe(false)
    expect(await mine()).toMatchObject({ overdue: false, acknowledgedAt: expect.any(String) })
    test.clock.advance({ hours: 24 * 185 })
    expect(await suspended()).toBe(true)
  })

  it('show everybody to those who look after them, and to others themselves; an old version is refused', async () => {
    const { inside, owner, as } = await business()
    expect((await inside((tx) => readTraining(tx, owner))).members).toHaveLength(roles.length)
    expect((await inside((tx) => readTraining(tx, as.member))).members).toEqual([])
    const wish = { everyMonths: 3, suspendWhenOverdue: false, version: 1 }
    await expect(inside((tx) => changeTraining(tx, as.member, wish))).rejects.toMatchObject({ type: 'http/not-allowed' })
    await inside((tx) => changeTraining(tx, owner, wish))
    await expect(inside((tx) => changeTraining(tx, owner, wish))).rejects.toMatchObject({ type: 'http/version-mismatch' })
  })
})

describe('who may do what', () => {
  it('is published as data that equals what is decided, role by role and permission by permission [L4]', async () => {
    const { inside, owner, as } = await business()
    const published = await inside((tx) => readAuthorizationPolicy(tx, owner))
    const known = policies.flatMap((policy) => Object.keys(policy.permissions).map((permission) => ({ policy, permission })))
    expect(published.permissions.map(({ permission }) => permission).sort()).toEqual(known.map(({ permission }) => permission).sort())
    for (const { policy, permission } of known)
      for (const role of roles) {
        const said = published.permissions.find((one) => one.permission === permission)?.roles.includes(role)
        const decided = (policy.decide as (by: Principal, permission: string) => { allowed: boolean })(as[role], permission).allowed
        expect(`${permission} ${role}: ${said}`).toBe(`${permission} ${role}: ${decided}`)
      }
  })

  it('has a version that changes with it, and keeps those before [L4]', async () => {
    const { inside, owner } = await business()
    for (const _ of [1, 2]) await inside(keepAuthorizationPolicy)
    const first = await inside((tx) => readAuthorizationPolicy(tx, owner))
    expect(first.versions.map(({ version }) => version)).toEqual([first.version])
    testRegisters([], [...policies.slice(1)])
    await inside(keepAuthorizationPolicy)
    const second = await inside((tx) => readAuthorizationPolicy(tx, owner))
    expect(second.version).not.toBe(first.version)
    expect(second.versions.map(({ version }) => version)).toEqual([second.version, first.version])
    expect(roleMapOf(policies)).not.toEqual(roleMapOf(policies.slice(1)))
    testRegisters([], policies)
  })
})
