import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ContactId, LegalChecklist, Principal } from '@frontdesk/contract'
import { LegalReason } from '@frontdesk/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { testDatabase } from '../../../../platform/database/testing.ts'
import { backgroundOf } from '../../../../platform/events/testing.ts'
import { openFiles } from '../../../../platform/files/index.ts'
import { mailSettings, sendMailJob } from '../../../../platform/mail/index.ts'
import { type TestSmtp, testSmtp } from '../../../../platform/mail/testing.ts'
import { addNote } from '../../../contacts/index.ts'
import { testWorkspace } from '../../../contacts/testing.ts'
import { erasureSurroundings } from '../../erasure/index.ts'
import { gatherPersonData } from '../../erasure/person-data.ts'
import { providePrivacyPorts } from '../../index.ts'
import { openRequestJob } from '../../requests/open-request.ts'
import { recordRequest } from '../../requests/receive-request.ts'
import { requestSurroundings } from '../../requests/surroundings.ts'
import { changePrivacySettings } from '../../settings/change-privacy-settings.ts'
import { newestSettings } from '../../settings/read-privacy-settings.ts'
import { recordOptOut } from '../../suppression/opt-out.ts'
import { listDisclosures } from '../disclosures/disclosures.ts'
import { roomInventory, testRegisters } from '../testing.ts'
import { checkLegalRequest, scopeLegalRequest, startLegalSelfReview } from './check-legal-request.ts'
import { closeLegalRequest, refuseLegalRequest, setGag } from './close-legal-request.ts'
import { discloseLegalRequest, makeExtractJob, readExtract } from './disclose.ts'
import { countLegalRequests, listLegalRequests, loadLegalRequest } from './read-legal-requests.ts'
import { recordLegalRequest } from './record-legal-request.ts'
import { searchScope } from './scoped-rows.ts'
import { watchLegalRequests } from './watch-legal-requests.ts'

const test = await testDatabase()
const background = await backgroundOf(test, { jobs: [makeExtractJob, sendMailJob, openRequestJob] })
const folder = mkdtempSync(path.join(tmpdir(), 'extracts-'))
const files = openFiles({ folder, keyFolder: path.join(folder, 'keys'), keys: test.keys })
let smtp: TestSmtp
beforeAll(async () => {
  smtp = await testSmtp()
  mailSettings.provide({ smtpUrl: smtp.url, from: { name: 'Frontdesk', address: 'desk@example.com' }, replies: undefined })
  providePrivacyPorts()
  testRegisters()
  requestSurroundings.provide({
    database: test.database,
    files,
    publicUrl: () => 'https://desk.example',
    callOutside: () => Promise.reject(new Error('Nothing is called here.')),
  })
  erasureSurroundings.provide({
    database: test.database,
    eraser: test.database,
    files,
    inventory: roomInventory,
    tombstones: {} as never,
    vacuum: async () => 'freed',
  })
})
afterAll(async () => {
  await smtp.close()
  rmSync(folder, { recursive: true })
})

const yes: z.output<typeof LegalChecklist> = { authority: true, jurisdiction: true, signature: true, scope: true }
const conflict = { type: 'http/conflict' }

/** A business, with or without a second person who decides, and what happens to a request in it. */
async function business({ alone = false } = {}) {
  const place = await testWorkspace(test)
  const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
  const { owner, privacy_officer: officer } = place.as
  if (alone)
    await test.asSuperuser("update member set removed_at = now() where workspace_id = $1 and role = 'privacy_officer'", [place.workspaceId])
  const read = (id: string, by: Principal = owner) => inside((tx) => loadLegalRequest(tx, by, id))
  const record = async (change: Partial<Parameters<typeof recordLegalRequest>[2]> = {}) =>
    (
      await inside((tx) =>
        recordLegalRequest(tx, owner, {
          kind: 'subpoena',
          reason: 'law_requires',
          authority: 'Superior Court',
          jurisdiction: 'California',
          asked: 'Appointments of Ann Lee in May',
          ...change,
        }),
      )
    ).id
  const scope = async (
    id: string,
    contactIds: readonly ContactId[],
    tables: readonly string[],
    from: string | null = null,
    until: string | null = null,
  ) => {
    const { version } = await read(id)
    await inside((tx) => scopeLegalRequest(tx, owner, { legalRequestId: id, contactIds, tables, from, until, version }))
  }
  const check = (id: string, by: Principal, answers = yes) =>
    inside((tx) => checkLegalRequest(tx, by, { legalRequestId: id, answers, note: 'Called the court back' }))
  /** Checked by two and disclosed. */
  const disclosed = async (contactIds: readonly ContactId[], change: Partial<Parameters<typeof recordLegalRequest>[2]> = {}) => {
    const id = await record(change)
    await scope(id, contactIds, ['note'])
    await check(id, owner)
    await check(id, officer)
    await inside((tx) => discloseLegalRequest(tx, owner, id))
    await background.settle()
    return id
  }
  const told = (address: string) =>
    smtp.received.filter(({ to, parsed }) => to.includes(address) && parsed.subject?.includes('were disclosed')).length
  const accounted = (contactId: ContactId) => inside((tx) => listDisclosures(tx, owner, { contactId, limit: 50 }))
  return { ...place, inside, owner, officer, read, record, scope, check, disclosed, told, accounted }
}

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
