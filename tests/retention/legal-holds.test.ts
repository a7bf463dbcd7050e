import type { ContactId } from '@frontdesk/contract'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { TestWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import { holdErasures, listLegalHolds, releaseLegalHold } from '../../apps/server/src/modules/privacy/retention/legal-holds.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { retentionStage } from './stage.ts'

const test = await testDatabase()
const { begin, inside, daysAgo, night, preview, confirm, hold, runs, count, talk, permit, note } = retentionStage(test)

let place: TestWorkspace
let ann: ContactId
let bob: ContactId
beforeEach(async () => {
  ;({ place, ann, bob } = await begin())
})

describe('a legal hold', () => {
  it('keeps all of one contact until it is released, and says so before and after [R4]', async () => {
    await talk(ann, daysAgo(731))
    await talk(bob, daysAgo(731))
    const { id } = await hold({ contactId: ann })
    expect((await preview()).rules.find(({ rule }) => rule === 'conversation')).toMatchObject({
      due: 1,
      held: 1,
      samples: [{ name: 'Bob Ray' }],
    })
    await confirm()
    await night()
    expect(await count('conversation')).toBe(1)
    expect((await runs())[0]?.rules.find(({ rule }) => rule === 'conversation')).toMatchObject({ held: 1 })
    await inside((tx) => releaseLegalHold(tx, place.as.owner, { holdId: id, why: 'Settled' }))
    test.clock.advance({ hours: 24 })
    await night()
    expect(await count('conversation')).toBe(0)
  })

  it('on a contact holds her erasure back, and nobody else’s', async () => {
    await hold({ rule: 'conversation' })
    expect(await inside((tx) => holdErasures.reasons(tx, [ann]))).toEqual([])
    const { id } = await hold({ contactId: ann })
    expect(await inside((tx) => holdErasures.reasons(tx, [ann]))).toEqual(['legal hold'])
    expect(await inside((tx) => holdErasures.reasons(tx, [bob]))).toEqual([])
    await inside((tx) => releaseLegalHold(tx, place.as.owner, { holdId: id, why: 'Settled' }))
    expect(await inside((tx) => holdErasures.reasons(tx, [ann]))).toEqual([])
  })

  it('on a rule pauses it for everybody', async () => {
    await talk(ann, daysAgo(731))
    await note(ann, daysAgo(31))
    await hold({ rule: 'conversation' })
    await confirm()
    await night()
    expect([await count('conversation'), await count('note')]).toEqual([1, 0])
  })

  it('ends by itself on its day, by the calendar of the business', async () => {
    await talk(ann, daysAgo(731))
    await hold({ contactId: ann, until: '2027-01-06' })
    await confirm()
    test.clock.set('2027-01-06T04:59:00Z') // still the 5th in New York
    await night()
    expect(await count('conversation')).toBe(1)
    test.clock.set('2027-01-06T08:30:00Z')
    await night()
    expect(await count('conversation')).toBe(0)
  })

  it('reaches whom she was merged with', async () => {
    await talk(bob, daysAgo(731))
    await hold({ contactId: ann })
    await test.asSuperuser('update contact set merged_into = $1 where id = $2', [ann, bob])
    await confirm()
    await night()
    expect(await count('conversation')).toBe(1)
  })

  it('counts when it is placed while a night is at work', async () => {
    await talk(bob, daysAgo(731))
    await permit(ann, daysAgo(1828))
    await confirm()
    const erase = vi.fn(async () => void (await hold({ contactId: ann }))) // after conversations and before decisions
    await night({ files: { erase } })
    expect(erase).toHaveBeenCalledOnce()
    expect([await count('conversation'), await count('permit')]).toEqual([0, 1])
  })

  it('is refused for a day that is over, and cannot be released twice', async () => {
    await expect(hold({ rule: 'mail', until: '2027-01-04' })).rejects.toMatchObject({ type: 'http/invalid-request' })
    const { id } = await hold({ rule: 'mail' })
    const released = await inside((tx) => releaseLegalHold(tx, place.as.owner, { holdId: id, why: 'Settled' }))
    expect(released.live).toBe(false)
    expect(await inside((tx) => releaseLegalHold(tx, place.as.owner, { holdId: id, why: 'Again' }))).toEqual(released)
    expect((await inside((tx) => listLegalHolds(tx, place.as.auditor, { limit: 10 }))).items).toEqual([released])
    await expect(inside((tx) => releaseLegalHold(tx, place.as.owner, { holdId: tx.newId(), why: 'x' }))).rejects.toMatchObject({
      type: 'http/not-found',
    })
  })
})
