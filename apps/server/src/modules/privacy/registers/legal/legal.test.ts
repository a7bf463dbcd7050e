import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../platform/database/testing.ts'
import { startLegalSelfReview } from './check-legal-request.ts'
import { closeLegalRequest, refuseLegalRequest } from './close-legal-request.ts'
import { discloseLegalRequest } from './disclose.ts'
import { conflict, testLegalCases, yes } from './legal.testing.ts'
import { countLegalRequests, listLegalRequests, loadLegalRequest } from './read-legal-requests.ts'

const test = await testDatabase()
const { business } = await testLegalCases(test)

describe('the validity of a request', () => {
  it('is found by two people, and refuses the first who says yes twice, and a disclosure before [V1]', async () => {
    const { record, scope, check, inside, owner, officer, newContact, read } = await business()
    const ann = await newContact('ann@home.example')
    const id = await record()
    await expect(check(id, owner)).rejects.toMatchObject(conflict) // nobody said whose data it is about
    await scope(id, [ann], ['note'])
    await check(id, owner)
    expect(await read(id)).toMatchObject({ state: 'checking', mayCheck: 'somebody_else' })
    await expect(check(id, owner)).rejects.toMatchObject({ type: 'privacy/second-person-needed' })
    await expect(inside((tx) => startLegalSelfReview(tx, owner, { legalRequestId: id, grounds: 'x' }))).rejects.toMatchObject({
      type: 'privacy/second-person-needed',
    })
    await expect(inside((tx) => discloseLegalRequest(tx, owner, id))).rejects.toMatchObject(conflict)
    await check(id, officer)
    expect(await read(id)).toMatchObject({ state: 'valid', mayCheck: 'no' })
    expect((await inside((tx) => discloseLegalRequest(tx, owner, id))).state).toBe('disclosed')
  })

  it('needs a yes to all four questions, and begins anew with another scope [V1]', async () => {
    const { record, scope, check, owner, officer, newContact, read } = await business()
    const ann = await newContact('ann@home.example')
    const id = await record()
    await scope(id, [ann], ['note'])
    for (const question of ['authority', 'jurisdiction', 'signature', 'scope'] as const) {
      await scope(id, [ann], ['note'])
      await check(id, owner)
      await check(id, officer, { ...yes, [question]: false })
      expect(await read(id)).toMatchObject({ state: 'checking' })
      await expect(check(id, officer)).rejects.toMatchObject(conflict)
    }
    await scope(id, [ann], ['note'])
    await check(id, owner)
    await scope(id, [ann], ['contact'])
    expect(await read(id)).toMatchObject({
      state: 'received',
      checks: expect.arrayContaining([expect.objectContaining({ counts: false })]),
    })
  })

  it('is found by one alone only with written grounds and a day in between, which stays marked [V1]', async () => {
    const { record, scope, check, inside, owner, newContact, read } = await business({ alone: true })
    const ann = await newContact('ann@home.example')
    const id = await record()
    await scope(id, [ann], ['note'])
    await check(id, owner)
    await expect(check(id, owner)).rejects.toMatchObject({ type: 'privacy/second-person-needed' })
    await inside((tx) => startLegalSelfReview(tx, owner, { legalRequestId: id, grounds: 'I called the clerk' }))
    await expect(check(id, owner)).rejects.toMatchObject(conflict)
    test.clock.advance({ hours: 24 })
    await check(id, owner)
    expect(await read(id)).toMatchObject({
      state: 'valid',
      checks: [{ self: false }, { self: true }],
      selfReview: { grounds: 'I called the clerk' },
    })
  })

  it('is nobody’s business who does not decide, nor a key’s', async () => {
    const { record, as, inside, owner } = await business()
    const id = await record()
    await expect(inside((tx) => loadLegalRequest(tx, as.admin, id))).rejects.toMatchObject({ type: 'http/not-allowed' })
    expect(await inside((tx) => loadLegalRequest(tx, as.auditor, id))).toMatchObject({ mayCheck: 'no' })
    const key = { kind: 'api_key', workspaceId: owner.workspaceId, keyId: 'k', scopes: ['legal_requests.manage'], test: false } as never
    await expect(inside((tx) => refuseLegalRequest(tx, key, { legalRequestId: id, ground: 'too_wide', note: 'x' }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
  })
})

describe('the counts', () => {
  it('say how many there were and what became of them, and name nobody [V5]', async () => {
    const { record, disclosed, newContact, inside, owner } = await business()
    const [ann, ben] = [await newContact('a@home.example'), await newContact('b@home.example')]
    const id = await disclosed([ann, ben])
    const refused = await record({ kind: 'warrant' })
    await inside((tx) => refuseLegalRequest(tx, owner, { legalRequestId: refused, ground: 'too_wide', note: 'All customers' }))
    await record({ kind: 'warrant' })
    const year = test.clock().toZonedDateTimeISO('America/New_York').year
    const { years } = await inside((tx) => countLegalRequests(tx, owner))
    expect(years).toEqual([
      { year, kind: 'subpoena', received: 1, disclosed: 1, refused: 0, people: 2 },
      { year, kind: 'warrant', received: 2, disclosed: 0, refused: 1, people: 0 },
    ])
    expect((await inside((tx) => listLegalRequests(tx, owner, { limit: 50 }))).items).toHaveLength(3)
    await inside((tx) => closeLegalRequest(tx, owner, { legalRequestId: id, note: 'Handed over by courier' }))
    await expect(inside((tx) => closeLegalRequest(tx, owner, { legalRequestId: id, note: 'x' }))).rejects.toMatchObject(conflict)
  })
})
