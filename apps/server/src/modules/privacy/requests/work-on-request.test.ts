import type { ContactId, ObjectedUse } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { restrictionOf } from '../erasure/index.ts'
import { mayUse } from '../policies/data-use.ts'
import { answerRequest, refuseRequest } from './answer-request.ts'
import { appealRequest, decideAppeal } from './appeal-request.ts'
import { testCases } from './cases.testing.ts'
import { testOffice } from './testing.ts'
import { restrictForRequest, reviewForRequest } from './work-on-request.ts'

const test = await testDatabase()
const office = await testOffice(test)
const { place, inside, open } = office
const { owner, privacy_officer: officer } = place.as
const { asked, proven, state } = testCases(office)
const conflict = { type: 'http/conflict' }
const wrong = { type: 'http/invalid-request' }

describe('a case does the work', () => {
  it('and does nothing to anybody’s data before she has proven who she is, nor what was not asked for', async () => {
    const { id } = await asked('restriction')
    const restrict = (requestId: string) => inside((tx) => restrictForRequest(tx, owner, { requestId, ground: 'unlawful' }))
    await expect(restrict(id)).rejects.toMatchObject(conflict)
    await expect(restrict((await proven('portability')).id)).rejects.toMatchObject(conflict)
  })

  it('an automated decision is looked at by a person, with grounds, before it is answered', async () => {
    const { id } = await proven('human_review')
    await expect(inside((tx) => answerRequest(tx, owner, { requestId: id, text: 'Looked' }))).rejects.toMatchObject(conflict)
    await expect(
      inside((tx) => reviewForRequest(tx, office.job, { requestId: id, outcome: 'confirmed', grounds: 'A program says so' })),
    ).rejects.toMatchObject(conflict)
    await inside((tx) => reviewForRequest(tx, owner, { requestId: id, outcome: 'changed', grounds: 'The score missed two visits' }))
    await inside((tx) => answerRequest(tx, owner, { requestId: id, text: 'You were right' }))
    expect((await state(id)).work).toMatchObject([
      { kind: 'review', outcome: 'changed', details: 'The score missed two visits', by: 'The owner' },
    ])
  })

  it('refuses a ground that is for objections alone', async () => {
    const { id } = await proven()
    await expect(
      inside((tx) => refuseRequest(tx, owner, { requestId: id, ground: 'compelling_grounds', text: 'No' })),
    ).rejects.toMatchObject(wrong)
  })
})

describe('an objection to a use', () => {
  const ground = async (contactId: ContactId) => (await inside((tx) => restrictionOf(tx, contactId)))?.ground ?? null
  const may = (contactId: ContactId, use: string) => inside((tx) => mayUse(tx, contactId, use))
  const refuse = (id: string) =>
    inside((tx) => refuseRequest(tx, owner, { requestId: id, ground: 'compelling_grounds', text: 'A claim is pending' }))
  const uphold = (id: string, ends?: readonly ObjectedUse[]) =>
    inside((tx) => answerRequest(tx, owner, { requestId: id, text: 'You are right', ends }))
  const lastLetter = async (contactId: ContactId) => (await office.lettersOf(contactId)).at(-1)?.text.replace(/\s+/g, ' ') ?? ''
  const works = async (id: string) => (await state(id)).work.map(({ kind, state: far, details }) => [kind, far, details])

  it('ends uses only there: another case refuses to name any', async () => {
    const { id } = await proven()
    await expect(uphold(id, ['sharing'])).rejects.toMatchObject(wrong)
    expect(await state(id)).toMatchObject({ state: 'in_progress', answer: null })
  })

  it('pauses all use until it is decided; refused, the use goes on once she was told, with the way to appeal and the authority [M10]', async () => {
    const { id, contactId } = await proven('objection_use', { region: 'europe' })
    expect(await ground(contactId)).toBe('objection_pending')
    expect(await may(contactId, 'statistics')).toEqual({ allowed: false, reason: 'inactive' })
    await refuse(id)
    await office.settle()
    expect(await ground(contactId)).toBe('objection_pending')
    const letter = await lastLetter(contactId)
    for (const told of ['A claim is pending', 'looked at again by somebody else', 'data protection authority', 'used again as before'])
      expect(letter).toContain(told)
    await office.lettersLeave(contactId)
    test.clock.advance({ minutes: 1 })
    await office.settle()
    expect(await ground(contactId)).toBeNull()
    expect(await may(contactId, 'statistics')).toEqual({ allowed: true, reason: 'not_objected' })
    expect(await works(id)).toEqual([
      ['restriction', 'done', 'objection_pending'],
      ['restriction_lifted', 'done', null],
    ])
  })

  it('does not wait longer than a day for a letter that cannot leave', async () => {
    const { id, contactId } = await proven('objection_use')
    await refuse(id)
    test.clock.advance({ hours: 23 })
    await office.settle()
    expect(await ground(contactId)).toBe('objection_pending')
    test.clock.advance({ hours: 2 })
    await office.settle()
    expect(await ground(contactId)).toBeNull()
  })

  it('upheld without a choice keeps everything unused for good, under a ground of its own [M10]', async () => {
    const { id, contactId } = await proven('objection_use')
    await uphold(id)
    await office.lettersLeave(contactId)
    test.clock.advance({ hours: 48 })
    await office.settle()
    expect(await ground(contactId)).toBe('objection_upheld')
    expect(await works(id)).toEqual([
      ['restriction', 'done', 'objection_pending'],
      ['objection_upheld', 'done', 'everything'],
    ])
    expect(await lastLetter(contactId)).toContain('only what the law asks for reaches you')
    expect((await open(await office.cases.pageOf(id, 'whole'))).text).toContain('only what the law asks for reaches you')
  })

  it('upheld for some uses ends those for good and lets the rest go on, and a later yes of hers counts [M10]', async () => {
    const { id, contactId } = await proven('objection_use')
    await uphold(id, ['statistics', 'messages'])
    await office.lettersLeave(contactId)
    test.clock.advance({ minutes: 1 })
    await office.settle()
    expect(await ground(contactId)).toBeNull()
    expect(await may(contactId, 'statistics')).toEqual({ allowed: false, reason: 'objected' })
    expect(await office.rowsOf('select scope from suppression where contact_id = $1', [contactId])).toEqual([{ scope: 'marketing' }])
    const letter = await lastLetter(contactId)
    expect(letter).toContain('– offers and questions to you')
    expect(letter).toContain('– statistics that tell you apart from others')
    expect(letter).not.toContain('profiles')
    const other = await place.newContact('untouched@home.example')
    expect(await may(other, 'statistics')).toEqual({ allowed: true, reason: 'not_objected' })
  })

  it('that was refused and is decided for her on appeal ends the use then [M10]', async () => {
    const { id, contactId } = await proven('objection_use')
    await refuse(id)
    await inside((tx) => appealRequest(tx, owner, { requestId: id, reason: 'My situation is another' }))
    await inside((tx) => decideAppeal(tx, officer, { requestId: id, outcome: 'changed', text: 'It is', ends: ['statistics'] }))
    await office.lettersLeave(contactId)
    test.clock.advance({ minutes: 1 })
    await office.settle()
    expect(await ground(contactId)).toBeNull()
    expect(await may(contactId, 'statistics')).toEqual({ allowed: false, reason: 'objected' })
  })
})
