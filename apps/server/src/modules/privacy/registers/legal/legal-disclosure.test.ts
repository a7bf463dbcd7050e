import { LegalReason } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../platform/database/testing.ts'
import { addNote } from '../../../contacts/index.ts'
import { gatherPersonData } from '../../erasure/person-data.ts'
import { recordRequest } from '../../requests/receive-request.ts'
import { changePrivacySettings } from '../../settings/change-privacy-settings.ts'
import { newestSettings } from '../../settings/read-privacy-settings.ts'
import { recordOptOut } from '../../suppression/opt-out.ts'
import { roomInventory } from '../testing.ts'
import { setGag } from './close-legal-request.ts'
import { discloseLegalRequest, readExtract } from './disclose.ts'
import { conflict, testLegalCases } from './legal.testing.ts'
import { searchScope } from './scoped-rows.ts'
import { watchLegalRequests } from './watch-legal-requests.ts'

const test = await testDatabase()
const { business, files, background } = await testLegalCases(test)

describe('what is disclosed', () => {
  it('is searched within the scope alone, and audited without what was seen [V2]', async () => {
    const { record, scope, check, inside, owner, officer, newContact, workspaceId } = await business()
    const ann = await newContact('ann@home.example')
    const ben = await newContact('ben@home.example', 'Ben Roy')
    for (const [contactId, whose] of [
      [ann, 'Ann'],
      [ben, 'Ben'],
    ] as const)
      await inside((tx) => addNote(tx, owner, { contactId, body: `Secret of ${whose}` }))
    const id = await record()
    await scope(id, [ann], ['note'])
    await expect(inside((tx) => searchScope(tx, owner, { legalRequestId: id }))).rejects.toMatchObject(conflict)
    await check(id, owner)
    await check(id, officer)
    const found = await inside((tx) => searchScope(tx, owner, { legalRequestId: id, table: 'note' }))
    expect(found.tables).toEqual([{ table: 'note', rows: 1 }])
    expect(JSON.stringify(found.rows)).toContain('Secret of Ann')
    expect(JSON.stringify(found)).not.toContain(ben)
    expect((await inside((tx) => searchScope(tx, owner, { legalRequestId: id, table: 'contact' }))).rows).toEqual([])
    const { rows } = await test.asSuperuser("select * from audit_entry where workspace_id = $1 and action = 'legal_request.searched'", [
      workspaceId,
    ])
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toContain('Secret')
    expect(rows.every(({ object_id, actor_type }) => object_id === id && actor_type === 'member')).toBe(true)
  })

  it('out of a complaint is that person’s, in the tables and the time it asks for, and no more [G5]', async () => {
    const { record, scope, check, inside, owner, officer, as, newContact, read } = await business()
    const ann = await newContact('ann@home.example')
    const ben = await newContact('ben@home.example', 'Ben Roy')
    await inside((tx) => addNote(tx, owner, { contactId: ann, body: 'Before' }))
    test.clock.advance({ hours: 1 })
    const from = test.clock().toString()
    await inside((tx) => addNote(tx, owner, { contactId: ann, body: 'Within' }))
    await inside((tx) => addNote(tx, owner, { contactId: ben, body: 'Of another' }))
    test.clock.advance({ hours: 1 })
    const until = test.clock().toString()
    test.clock.advance({ hours: 1 })
    await inside((tx) => addNote(tx, owner, { contactId: ann, body: 'After' }))
    const complaint = await inside((tx) =>
      recordRequest(tx, as.member, {
        kind: 'complaint',
        receivedBy: 'member',
        contactId: ann,
        requesterEmail: 'ann@home.example',
        forWhom: 'self',
        details: 'Somebody threatened me',
      }),
    )
    const id = await record({ kind: 'own_claim', reason: 'crime_reported', complaintNumber: complaint.number })
    expect(await read(id)).toMatchObject({ complaintNumber: complaint.number, subjects: [{ contactId: ann }] })
    await expect(record({ complaintNumber: 9999 })).rejects.toMatchObject({ type: 'http/invalid-request' })
    await scope(id, [ann], ['note'], from, until)
    await check(id, owner)
    await check(id, officer)
    await inside((tx) => discloseLegalRequest(tx, owner, id))
    await expect(inside((tx) => readExtract(tx, owner, id))).rejects.toMatchObject(conflict)
    await background.settle()
    const answer = await inside((tx) => readExtract(tx, owner, id))
    const text = Buffer.concat(await Array.fromAsync(await files.get({ ...answer }))).toString()
    const { people } = JSON.parse(text)
    expect(people.map(({ contactId }: { contactId: string }) => contactId)).toEqual([ann])
    expect(Object.keys(people[0].tables)).toEqual(['note'])
    expect(people[0].tables.note.map(({ body }: { body: string }) => body)).toEqual(['Within'])
    for (const other of ['Before', 'After', 'Of another', 'ann@home.example']) expect(text).not.toContain(other)
  })

  it('has its reason from a list, and none other [V4]', async () => {
    const { record, read, workspaceId } = await business()
    for (const reason of LegalReason.options) expect((await read(await record({ reason }))).reason).toBe(reason)
    expect(LegalReason.safeParse('curiosity').success).toBe(false)
    await expect(test.asSuperuser("update legal_request set reason = 'curiosity' where workspace_id = $1", [workspaceId])).rejects.toThrow(
      'reason_check',
    )
  })
})

describe('the person it is about', () => {
  it('is told at once, whatever she stopped, and finds it in the account of disclosures [V3] [V5]', async () => {
    const { disclosed, newContact, told, accounted, inside, owner, read } = await business()
    const ann = await newContact('told@home.example')
    await inside((tx) => recordOptOut(tx, owner, { contactId: ann, scope: 'all', cause: 'asked' }))
    const id = await disclosed([ann])
    expect(told('told@home.example')).toBe(1)
    expect((await read(id)).subjects).toMatchObject([{ notice: 'sent', toldAt: expect.any(String) }])
    expect((await accounted(ann)).items).toMatchObject([{ recipient: 'Superior Court', recipientKind: 'court', purpose: 'legal_duty' }])
  })

  it('is not told while a gag holds, and nothing she receives tells her; when it ends she is told and it is accounted for [V3] [V5]', async () => {
    const { disclosed, newContact, told, accounted, inside, owner, read } = await business()
    const ann = await newContact('gagged@home.example')
    const gagUntil = test.clock().toZonedDateTimeISO('America/New_York').toPlainDate().add({ days: 30 })
    const id = await disclosed([ann], { gagUntil: gagUntil.toString(), gagSource: '18 U.S.C. § 2705(b)' })
    const received = async () => (await inside((tx) => gatherPersonData(tx, roomInventory, [ann]))).data
    await inside((tx) => watchLegalRequests(tx, owner))
    await background.settle()
    expect(told('gagged@home.example')).toBe(0)
    expect((await accounted(ann)).items).toEqual([])
    expect(JSON.stringify(await received())).not.toMatch(/Superior Court|legal_request/)
    expect((await read(id)).subjects).toMatchObject([{ notice: 'waiting' }])
    test.clock.advance({ hours: 24 * 30 })
    for (const _ of [1, 2]) await inside((tx) => watchLegalRequests(tx, owner))
    await background.settle()
    expect(told('gagged@home.example')).toBe(1)
    expect((await accounted(ann)).items).toHaveLength(1)
    expect((await received()).tables.disclosure).toMatchObject([{ recipient: 'Superior Court' }])
  })

  it('is told when the gag is lifted early, and never where the business has settled it so; the account tells her all the same [V3]', async () => {
    const { disclosed, newContact, told, accounted, inside, owner, read } = await business()
    const ann = await newContact('early@home.example')
    const id = await disclosed([ann], { gagUntil: '2099-01-01' })
    await inside((tx) => setGag(tx, owner, { legalRequestId: id, until: null, source: null }))
    await background.settle()
    expect(told('early@home.example')).toBe(1)
    const { version } = await inside((tx) => newestSettings(tx))
    await inside((tx) => changePrivacySettings(tx, owner, { changes: { 'legal.notify_subject': 'never' }, version }))
    const ben = await newContact('never@home.example', 'Ben Roy')
    const other = await disclosed([ben])
    expect(told('never@home.example')).toBe(0)
    expect((await read(other)).subjects).toMatchObject([{ notice: 'withheld' }])
    expect((await accounted(ben)).items).toHaveLength(1)
  })
})
