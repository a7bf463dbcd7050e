import path from 'node:path'
import type { ContactId } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { openFiles } from '../../../platform/files/index.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { arrangeKit, consentKit, readCounterToken, renewCounter } from './consent-kit.ts'
import { listConsents } from './list-consents.ts'
import { forgetInquiry, inquirySource, noteInquiry } from './note-inquiry.ts'
import { readProof } from './read-proof.ts'
import { type RecordConsent, recordConsent, recordWithdrawal } from './record-consent.ts'
import { standingOf } from './standing.ts'
import { consentSurroundings } from './surroundings.ts'

const test = await testDatabase()
const files = openFiles({ keys: test.keys, folder: path.join(test.folder, 'files'), keyFolder: path.join(test.folder, 'keys', 'files') })
let place: TestWorkspace
beforeAll(async () => {
  consentSurroundings.provide({ database: test.database, files, publicUrl: () => 'https://desk.example' })
  place = await testWorkspace(test)
})

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
let counter = 0
const someone = () => {
  counter += 1
  return place.newContact(`record${counter}@home.example`)
}
const record = (contactId: ContactId, change: Partial<RecordConsent> = {}, by = place.as.member) =>
  inside((tx) => recordConsent(tx, by, { contactId, how: 'spoken', wording: { key: 'mail_offers', locale: 'en-US' }, ...change }))
const list = (contactId: ContactId) => inside((tx) => listConsents(tx, place.as.owner, contactId))
/** The smallest PNG there is. */
const photo = {
  name: 'form.png',
  content: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
}

describe('recording a consent', () => {
  it('is refused to who only reads, without the photo of a paper, without a number, and for a file that is none', async () => {
    const contactId = await someone()
    await expect(record(contactId, {}, place.as.read_only)).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(record(contactId, { how: 'paper' })).rejects.toMatchObject({ type: 'privacy/proof-missing' })
    await expect(record(contactId, { wording: { key: 'texts_offers', locale: 'en' } })).rejects.toMatchObject({ type: 'privacy/no-point' })
    const script = { name: 'form.png', content: Buffer.from('<html><script>1</script>').toString('base64') }
    await expect(record(contactId, { how: 'paper', proof: script })).rejects.toMatchObject({ type: 'files/refused' })
    expect(await list(contactId)).toEqual([])
  })

  it('of what was spoken keeps the words that were read, who read them and when, as an oral consent', async () => {
    const contactId = await someone()
    const at = test.clock().subtract({ hours: 3 }).toString()
    await record(contactId, { at, place: 'on the phone' })
    expect(await list(contactId)).toMatchObject([
      {
        action: 'given',
        level: 'pec_oral',
        how: 'spoken',
        at,
        place: 'on the phone',
        recordedBy: { kind: 'member', id: place.as.member.memberId },
        wording: { key: 'mail_offers/spoken', locale: 'en', words: expect.stringMatching(/^May we, Salon Ana, send you/) },
        stands: true,
      },
    ])
  })

  it('on paper keeps its photo encrypted, for those who may see it, and who looked is in the audit', async () => {
    const contactId = await someone()
    const { id } = await record(contactId, { how: 'paper', proof: photo, signedName: 'Ann Lee' })
    expect(await list(contactId)).toMatchObject([{ hasProof: true, signedName: 'Ann Lee', level: 'pec' }])
    await expect(inside((tx) => readProof(tx, place.as.member, id))).rejects.toMatchObject({ type: 'http/not-allowed' })
    expect(await inside((tx) => readProof(tx, place.as.manager, id))).toMatchObject({ name: 'form.png', mediaType: 'image/png', size: 70 })
    const { rows } = await test.asSuperuser("select actor_id from audit_entry where action = 'consent.proof_read' and object_id = $1", [id])
    expect(rows).toEqual([{ actor_id: place.as.manager.memberId }])
  })

  it('is taken back in one step, without a reason, and stays in the list [M11] [N14]', async () => {
    const contactId = await someone()
    await record(contactId)
    await inside((tx) => recordWithdrawal(tx, place.as.member, { contactId, channel: 'email' }))
    expect(await list(contactId)).toMatchObject([
      { action: 'withdrawn', how: 'told' },
      { action: 'given', stands: false },
    ])
  })
})

describe('the kit', () => {
  it('brings the wordings with name and number, in the reader’s language', async () => {
    await test.asSuperuser('update workspace set phone = $1 where id = $2', ['+1 212 555 0100', place.workspaceId])
    const kit = await inside((tx) => consentKit(tx, place.as.member, 'fr-CA'))
    expect(
      kit.wordings.map(({ written }) => written).every((words) => words.startsWith('Oui, ') && words.includes('+1 212 555 0100')),
    ).toBe(true)
    expect(kit.wordings.find(({ key }) => key === 'texts_offers')).toMatchObject({ waitsFor: 'texts' })
    expect(kit.keywordText).toContain('JOIN')
    expect(kit.settings).toEqual({ version: 0, bookingPage: [], counter: ['mail_offers', 'texts_bookings'], keyword: 'JOIN' })
  })

  it('asks on the booking page only what an owner switched on, and keeps two from overwriting one another', async () => {
    const wish = { bookingPage: ['mail_offers', 'mail_offers'], counter: [], keyword: 'HELLO', version: 0 } as const
    await expect(inside((tx) => arrangeKit(tx, place.as.member, wish))).rejects.toMatchObject({ type: 'http/not-allowed' })
    expect(await inside((tx) => arrangeKit(tx, place.as.owner, wish))).toMatchObject({ version: 1, bookingPage: ['mail_offers'] })
    await expect(inside((tx) => arrangeKit(tx, place.as.owner, wish))).rejects.toMatchObject({ type: 'http/version-mismatch' })
  })

  it('ends the counter page’s old address when a new one is made', async () => {
    const codeOf = (url: string) => readCounterToken(test.keys, url.split('/agree/')[1] ?? '', test.clock()).code
    const before = (await inside((tx) => consentKit(tx, place.as.owner, 'en'))).counterUrl
    const after = (await inside((tx) => renewCounter(tx, place.as.owner))).counterUrl
    expect(codeOf(after)).not.toBe(codeOf(before))
    expect(codeOf((await inside((tx) => consentKit(tx, place.as.owner, 'en'))).counterUrl)).toBe(codeOf(after))
  })
})

describe('a call that a member notes', () => {
  const note = (contactId: ContactId, by = place.as.member) => inside((tx) => noteInquiry(tx, by, { contactId, kind: 'missed_call' }))

  it('is refused to who only reads, and from the future', async () => {
    const contactId = await someone()
    await expect(note(contactId, place.as.read_only)).rejects.toMatchObject({ type: 'http/not-allowed' })
    const at = test.clock().add({ hours: 1 }).toString()
    await expect(inside((tx) => noteInquiry(tx, place.as.member, { contactId, kind: 'callback', at }))).rejects.toMatchObject({
      type: 'http/invalid-request',
    })
  })

  it('may be answered and starts the clock of the inquiry, and is taken back with it [G4]', async () => {
    const contactId = await someone()
    const id = await note(contactId)
    const about = { type: 'missed_call', id } as const
    expect(await inside((tx) => inquirySource.facts(tx, about, contactId))).toEqual({
      open: true,
      startedBy: 'contact',
      since: test.clock(),
    })
    expect(await inside((tx) => inquirySource.newest(tx, contactId))).toEqual(about)
    expect((await inside((tx) => standingOf(tx, contactId, null))).dealings.lastInquiryAt).toEqual(test.clock())
    expect(await inside((tx) => inquirySource.facts(tx, about, place.workspaceId as never))).toBeNull()
    await inside((tx) => forgetInquiry(tx, place.as.member, { contactId, inquiryId: id }))
    expect(await inside((tx) => inquirySource.newest(tx, contactId))).toBeNull()
    await expect(inside((tx) => forgetInquiry(tx, place.as.member, { contactId, inquiryId: id }))).rejects.toMatchObject({
      type: 'http/not-found',
    })
  })
})
