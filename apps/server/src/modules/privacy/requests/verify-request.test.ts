import type { RequestKind } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { testCases } from './cases.testing.ts'
import { askMoreProof } from './proof-level.ts'
import { recordRequest } from './receive-request.ts'
import { proofPath } from './request-link.ts'
import { strictProofs } from './surroundings.ts'
import { testOffice } from './testing.ts'
import { verifyRequest } from './verify-request.ts'

const test = await testDatabase()
const office = await testOffice(test)
const { place, inside, open } = office
const { owner, member } = place.as
const { asked, state, letters } = testCases(office)
const conflict = { type: 'http/conflict' }
const wrong = { type: 'http/invalid-request' }
const sensitive = new Set<string>()
strictProofs.provide('test', { reasons: async (_tx, ids) => (ids.some((id) => sensitive.has(id)) ? ['recordings'] : []) })

describe('who asks is made sure of in proportion', () => {
  it('one matching point is too little, two are enough [M16]', async () => {
    const { id } = await asked()
    const verify = (matched: readonly ('name' | 'phone' | 'appointment')[]) =>
      inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'details_matched', matched }))
    await expect(verify(['name'])).rejects.toMatchObject(conflict)
    await verify(['name', 'appointment'])
    expect(await state(id)).toMatchObject({ verifiedHow: 'details_matched', matched: ['name', 'appointment'] })
  })

  it('what is sensitive asks for three points and a declaration that she signs behind her link [M16]', async () => {
    const { id } = await asked('access', { before: (contactId) => sensitive.add(contactId) })
    expect(await state(id)).toMatchObject({ proofLevel: 'strict', state: 'verifying' })
    const path = await inside(async (tx) => proofPath(tx, id))
    expect((await open(path)).text).toContain('penalty of perjury')
    expect((await open(path, {})).status).toBe(422)
    expect((await open(path, { signature: 'Ann Lee' })).status).toBe(200)
    expect(await state(id)).toMatchObject({ state: 'verifying', matched: ['address_confirmed'], declaredAt: expect.any(String) })
    const verify = (matched: readonly ('name' | 'phone')[]) =>
      inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'details_matched', matched }))
    await expect(verify(['name'])).rejects.toMatchObject(conflict)
    await verify(['name', 'phone'])
    expect(await state(id)).toMatchObject({ state: 'in_progress' })
  })

  it('her voice on file is sensitive enough [M16]', async () => {
    const { contactId, email } = await asked()
    await test.asSuperuser(
      `insert into file (workspace_id, id, address, purpose, media_type, size, created_at) values ($1, $2, repeat('a', 64), 'recording', 'audio/wav', 1, now())`,
      [place.workspaceId, contactId],
    )
    await test.asSuperuser('insert into file_subject (workspace_id, id, file_id, contact_id) values ($1, $2, $2, $2)', [
      place.workspaceId,
      contactId,
    ])
    const level = async (kind: RequestKind) => {
      const { id } = await inside((tx) =>
        recordRequest(tx, member, { kind, receivedBy: 'phone', contactId, requesterEmail: email, forWhom: 'self' }),
      )
      await office.opened(id)
      return (await state(id)).proofLevel
    }
    expect([await level('erasure'), await level('rectification'), await level('opt_out')]).toEqual(['strict', 'ordinary', 'none'])
  })

  it('so is a number that tax law asked for, and the case says which kind [M16]', async () => {
    const { contactId, email } = await asked()
    const [field] = await office.rowsOf(
      `insert into sensitive_field (workspace_id, id, version, kind, label, ground, why, readers, declared_by, created_at, updated_at)
       values ($1, $2, 1, 'ssn', 'SSN', 'tax_law', 'Form W-9', '["owner"]', 'member', now(), now()) returning id`,
      [place.workspaceId, contactId],
    )
    await test.asSuperuser(
      `insert into sensitive_value (workspace_id, id, field_id, contact_id, value, in_copy, recorded_by, created_at, updated_at)
       values ($1, $2, $2, $3, 'v1|x', 'v1|x', 'member', now(), now())`,
      [place.workspaceId, field?.id, contactId],
    )
    const { id } = await inside((tx) =>
      recordRequest(tx, member, { kind: 'access', receivedBy: 'phone', contactId, requesterEmail: email, forWhom: 'self' }),
    )
    await office.opened(id)
    expect(await state(id)).toMatchObject({ proofLevel: 'strict', proofBecause: 'ssn' })
  })

  it('a member who doubts asks for the strict proof, once', async () => {
    const { id, contactId } = await asked()
    await inside((tx) => askMoreProof(tx, owner, { requestId: id, because: 'The voice did not fit' }))
    expect(await state(id)).toMatchObject({ proofLevel: 'strict' })
    expect(await letters(contactId)).toHaveLength(2)
    await expect(inside((tx) => askMoreProof(tx, owner, { requestId: id, because: 'Again' }))).rejects.toMatchObject(conflict)
    await expect(inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'in_person' }))).rejects.toMatchObject(conflict)
  })

  it('an agent needs her own word, or a mandate that was seen; the answer goes to her [M18]', async () => {
    const { id, contactId, email } = await asked('erasure', { forWhom: 'agent', by: 'letter' })
    await expect(
      inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'details_matched', matched: ['name', 'phone'] })),
    ).rejects.toMatchObject(wrong)
    const page = await open(await inside(async (tx) => proofPath(tx, id)))
    expect(page.text).toContain('Rights Agency')
    await open(await inside(async (tx) => proofPath(tx, id)), {})
    expect(await state(id)).toMatchObject({ state: 'in_progress', forWhom: 'agent', receivedBy: 'letter' })
    const to = await office.rowsOf('select distinct to_address from mail where contact_id = $1', [contactId])
    expect(to).toEqual([{ to_address: email }])
  })

  it('a parent asks for her child, and proves to be the guardian [P5]', async () => {
    const { id } = await asked('erasure', { forWhom: 'child' })
    await open(await inside(async (tx) => proofPath(tx, id)), {})
    await expect(inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'guardian' }))).rejects.toMatchObject(wrong)
    await inside((tx) => verifyRequest(tx, owner, { requestId: id, how: 'guardian', evidence: 'Signs as the mother at each visit' }))
    expect(await state(id)).toMatchObject({
      state: 'in_progress',
      verifiedHow: 'guardian',
      forWhom: 'child',
      acts: expect.arrayContaining(['erase']),
    })
  })
})
