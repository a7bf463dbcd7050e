import type { ContactId } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { addNote, createContact, loadContact } from '../../apps/server/src/modules/contacts/index.ts'
import { statesOfContacts } from '../../apps/server/src/modules/privacy/erasure/index.ts'
import { retryErasure } from '../../apps/server/src/modules/privacy/erasure/retry-erasure.ts'
import {
  eraseContact,
  erasureSurroundings,
  liftRestriction,
  loadErasure,
  mayUse,
  previewErasure,
  privacyRoom,
  providePrivacyPorts,
  rectifyContact,
  requestPermit,
  restrictContact,
  resumeErasuresJob,
  suppress,
} from '../../apps/server/src/modules/privacy/index.ts'
import { placeLegalHold, releaseLegalHold } from '../../apps/server/src/modules/privacy/retention/legal-holds.ts'
import { bookAppointment, provideSchedulingPorts } from '../../apps/server/src/modules/scheduling/index.ts'
import { type TestBusiness, testBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { backgroundOf } from '../../apps/server/src/platform/events/testing.ts'
import { recordFile } from '../../apps/server/src/platform/files/index.ts'
import { enqueue } from '../../apps/server/src/platform/jobs/index.ts'
import { testErasure } from './desk.ts'

const test = await testDatabase()
const around = testErasure(test)
let place: TestBusiness
let settle: () => Promise<readonly { name: string; outcome: string; error?: unknown }[]>
beforeAll(async () => {
  place = await testBusiness(test)
  providePrivacyPorts()
  provideSchedulingPorts()
  settle = (await backgroundOf(test, { jobs: privacyRoom.jobs })).settle
})

const officer = () => place.as.privacy_officer
let counter = 0
async function someone() {
  counter += 1
  const email = `gone${counter}@home.example`
  const contactId = await place.inside((tx) =>
    createContact(tx, place.owner, {
      name: `Gerda Gone${counter}`,
      company: `Gone ${counter} Ltd`,
      points: [
        { kind: 'email', value: email },
        { kind: 'phone', value: `+1212555${String(1000 + counter)}` },
      ],
      tags: [`tag-${counter}`, 'everybody'],
    }),
  )
  await place.inside((tx) => addNote(tx, place.owner, { contactId, body: `Likes marzipan ${counter}` }))
  return { contactId, email }
}
const erase = (contactId: ContactId, change: Partial<Parameters<typeof eraseContact>[2]> = {}) =>
  place.inside((tx) =>
    eraseContact(tx, officer(), {
      contactId,
      mode: 'erase',
      ground: 'person_asked',
      bookingsAhead: 'refuse',
      neverContactAgain: false,
      ...change,
    }),
  )
const failures = (settled: Awaited<ReturnType<typeof settle>>) => settled.filter(({ outcome }) => outcome === 'failed')
const countOf = async (table: string, contactId: string, column = 'contact_id') =>
  (await test.asSuperuser(`select count(*)::int as n from ${table} where ${column} = $1`, [contactId])).rows[0].n

describe('erasing', () => {
  it('is for owners and the privacy officer', async () => {
    const { contactId } = await someone()
    for (const role of ['admin', 'manager', 'member', 'read_only'] as const) {
      const attempt = place.inside((tx) =>
        eraseContact(tx, place.as[role], {
          contactId,
          mode: 'erase',
          ground: 'person_asked',
          bookingsAhead: 'refuse',
          neverContactAgain: false,
        }),
      )
      await expect(attempt).rejects.toMatchObject({ type: 'http/not-allowed' })
    }
  })

  it('is refused while she has an appointment ahead, unless it is to be cancelled [I7]', async () => {
    const { contactId } = await someone()
    const booking = await place.book({ start: '2027-01-05T15:00:00Z', contactId } as never)
    await expect(erase(booking.contact_id)).rejects.toMatchObject({ type: 'privacy/bookings-ahead' })
    await erase(booking.contact_id, { bookingsAhead: 'cancel' })
    expect(failures(await settle())).toEqual([])
    expect(await countOf('booking', booking.contact_id)).toBe(0)
    expect(await place.book({ start: '2027-01-05T15:00:00Z' })).toMatchObject({ status: 'confirmed' })
  })

  it('shows before what would go and what would stay [M7]', async () => {
    const { contactId, email } = await someone()
    await place.inside((tx) => suppress(tx, place.owner, { kind: 'email', value: email, scope: 'marketing', cause: 'asked' }))
    const preview = await place.inside((tx) => previewErasure(tx, officer(), { contactId, mode: 'erase' }))
    expect(preview).toMatchObject({ files: 0, bookingsAhead: 0, suppressions: 1, holds: [] })
    expect(preview.tables).toEqual(
      expect.arrayContaining([
        { table: 'contact', rows: 1, fate: 'goes' },
        { table: 'contact_point', rows: 2, fate: 'goes' },
        { table: 'note', rows: 1, fate: 'goes' },
        { table: 'suppression', rows: 1, fate: 'emptied' },
      ]),
    )
    expect(preview.kept).toEqual(expect.arrayContaining([expect.objectContaining({ table: 'suppression', column: 'value_hash', rows: 1 })]))
  })

  it('leaves a receipt without personal data, and nothing else [M5]', async () => {
    const { contactId, email } = await someone()
    const file = await around.files.put(Buffer.from('her x-ray'), {
      workspaceId: place.workspaceId,
      subjects: [{ contactId }],
      purpose: 'attachment',
      name: 'x-ray.txt',
      maxBytes: 1000,
      now: test.clock(),
    })
    await place.inside((tx) => recordFile(tx, file))
    const asked = await erase(contactId, { neverContactAgain: true })
    expect(asked).toMatchObject({ state: 'waiting', receipt: null })
    expect(failures(await settle())).toEqual([])

    const done = await place.inside((tx) => loadErasure(tx, officer(), asked.id))
    expect(done).toMatchObject({ state: 'done', step: 'done', receipt: { mode: 'erase', files: 1, mentioned: [], space: 'overwritten' } })
    expect(done.receipt?.tables).toEqual(
      expect.arrayContaining([
        { table: 'company', deleted: 1, emptied: 0, anonymized: 0 },
        { table: 'contact', deleted: 1, emptied: 0, anonymized: 0 },
        { table: 'note', deleted: 1, emptied: 0, anonymized: 0 },
        { table: 'tag', deleted: 1, emptied: 0, anonymized: 0 },
      ]),
    )
    expect(JSON.stringify(done)).not.toContain(email)
    expect(await countOf('contact', contactId, 'id')).toBe(0)
    expect(await countOf('timeline_event', contactId)).toBe(0)
    expect((await test.asSuperuser(`select count(*)::int as n from tag where name = 'everybody'`)).rows[0].n).toBe(1)
    expect((await test.asSuperuser('select count(*)::int as n from erasure_row')).rows[0].n).toBe(0)
    await expect(around.files.get(file)).rejects.toMatchObject({ reason: 'erased' })
    const { rows } = await test.asSuperuser('select contact_id, identifiers from erasure where id = $1', [asked.id])
    expect(rows).toEqual([{ contact_id: null, identifiers: null }])
    expect(
      (await test.asSuperuser(`select count(*)::int as n from suppression where contact_id is null and cause = 'asked'`)).rows[0].n,
    ).toBeGreaterThan(1)
  })

  it('answers the same receipt to whoever asks again', async () => {
    const { contactId } = await someone()
    const first = await erase(contactId)
    expect((await erase(contactId)).id).toBe(first.id)
    await settle()
    const again = await erase(contactId)
    expect(again).toMatchObject({ id: first.id, state: 'done' })
    expect(await settle()).toEqual([])
  })

  it('goes on where a crash left it, at whatever step, and counts nothing twice', async () => {
    const stops = ['tombstone', 'file', 'vacuum'] as const
    for (const stop of stops) {
      const { contactId } = await someone()
      const file = await around.files.put(Buffer.from('her letter'), {
        workspaceId: place.workspaceId,
        subjects: [{ contactId }],
        purpose: 'attachment',
        maxBytes: 1000,
        now: test.clock(),
      })
      await place.inside((tx) => recordFile(tx, file))
      let crashes = 1
      const first = async <T>(where: (typeof stops)[number], work: () => Promise<T>): Promise<T> => {
        if (where === stop && crashes-- > 0) throw new Error('The power went out.')
        return work()
      }
      erasureSurroundings.provide({
        ...around,
        tombstones: { ...around.tombstones, add: (...args) => first('tombstone', () => around.tombstones.add(...args)) },
        files: { ...around.files, erase: (one) => first('file', () => around.files.erase(one)) },
        vacuum: (tables) => first('vacuum', () => around.vacuum(tables)),
      })
      const { id } = await erase(contactId)
      const settled = await settle()
      erasureSurroundings.provide(around)
      expect(settled.map(({ outcome }) => outcome)).toEqual(['failed', 'done'])
      const { receipt } = await place.inside((tx) => loadErasure(tx, officer(), id))
      expect(receipt).toMatchObject({ files: 1 })
      expect(receipt?.tables.find(({ table }) => table === 'contact')).toMatchObject({ deleted: 1 })
      expect(await countOf('contact', contactId, 'id')).toBe(0)
    }
  })

  it('waits while a legal hold lasts, unused meanwhile, and goes on by itself when it is released [M8]', async () => {
    const { contactId } = await someone()
    const hold = await place.inside((tx) => placeLegalHold(tx, officer(), { contactId, why: 'A claim about the parking lot' }))
    const { id } = await erase(contactId)
    await settle()
    const waits = () => place.inside((tx) => loadErasure(tx, officer(), id))
    expect(await waits()).toMatchObject({ state: 'held', heldBy: 'legal hold', receipt: null })
    expect(await countOf('contact', contactId, 'id')).toBe(1)
    expect((await place.inside((tx) => statesOfContacts(tx, [contactId])))(contactId)).toBe('restricted')
    // Trying now changes nothing while it lasts, and needs the right to erase.
    await expect(place.inside((tx) => retryErasure(tx, place.as.auditor, id))).rejects.toMatchObject({ type: 'http/not-allowed' })
    await place.inside((tx) => retryErasure(tx, officer(), id))
    await settle()
    expect(await waits()).toMatchObject({ state: 'held' })
    await place.inside((tx) => releaseLegalHold(tx, officer(), { holdId: hold.id, why: 'The claim is settled' }))
    await place.inside((tx) => enqueue(tx, resumeErasuresJob, {}))
    await settle()
    expect(await waits()).toMatchObject({ state: 'done', receipt: { mode: 'erase' } })
    expect(await countOf('contact', contactId, 'id')).toBe(0)
    expect(await place.inside((tx) => retryErasure(tx, officer(), id))).toMatchObject({ state: 'done' })
    expect(await settle()).toEqual([])
  })
})

describe('a restriction', () => {
  it('keeps her data and does not use it, until it is lifted; legal notices still go [M9]', async () => {
    const { contactId, email } = await someone()
    const booking = await place.inside((tx) =>
      bookAppointment(tx, place.owner, {
        serviceId: place.service.id,
        who: { contactId },
        start: Temporal.Instant.from('2027-01-06T15:00:00Z'),
        note: null,
        placeDetail: null,
        source: 'member',
        outsideHours: false,
        quiet: true,
        holdMinutes: null,
      }),
    )
    const ask = () =>
      place.inside((tx) =>
        requestPermit(tx, { contactId, channel: 'email', purpose: 'service', about: { type: 'booking', id: booking.id } }),
      )
    expect(await ask()).toMatchObject({ allowed: true })
    await expect(place.inside((tx) => restrictContact(tx, place.as.manager, { contactId, ground: 'unlawful' }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
    await place.inside((tx) => restrictContact(tx, officer(), { contactId, ground: 'accuracy_contested' }))
    await place.inside((tx) => restrictContact(tx, officer(), { contactId, ground: 'unlawful' }))
    expect(await ask()).toMatchObject({ allowed: false, remedy: 'lift_restriction' })
    // No other way and no other purpose either, by whichever voice; what the law asks for still goes.
    const ways = [
      { channel: 'email', purpose: 'marketing', about: { type: 'broadcast', id: booking.id } },
      { channel: 'email', purpose: 'feedback', about: { type: 'survey', id: booking.id } },
      { channel: 'sms', purpose: 'service', about: { type: 'booking', id: booking.id } },
      { channel: 'call', voice: 'human', dialing: 'by_hand', purpose: 'service', about: { type: 'booking', id: booking.id } },
      { channel: 'call', voice: 'artificial', dialing: 'by_hand', purpose: 'service', about: { type: 'booking', id: booking.id } },
    ] as const
    for (const way of ways) {
      const answer = await place.inside((tx) => requestPermit(tx, { contactId, ...way }))
      expect(answer.allowed ? 'allowed' : answer.reasons.map(({ code }) => code), JSON.stringify(way)).toContain('contact_restricted')
    }
    const stop = await place.inside((tx) => suppress(tx, place.owner, { kind: 'email', value: email, scope: 'marketing', cause: 'asked' }))
    expect(stop).not.toBeNull()
    const [stopped] = (await test.asSuperuser('select id from suppression where contact_id = $1', [contactId])).rows
    const legal = await place.inside((tx) =>
      requestPermit(tx, { contactId, channel: 'email', purpose: 'legal', about: { type: 'suppression', id: stopped?.id } }),
    )
    expect(legal.allowed).toBe(true)
    for (const use of ['statistics', 'profiling', 'third_party_marketing'])
      expect(await place.inside((tx) => mayUse(tx, contactId, use)), use).toMatchObject({ allowed: false })
    // Whoever looks after privacy still reads it.
    expect(await place.inside((tx) => loadContact(tx, officer(), contactId))).toMatchObject({ id: contactId })
    const { rows } = await test.asSuperuser(
      `select count(*)::int as n from outbox where type = 'contact.restricted' and payload ->> 'contactId' = $1`,
      [contactId],
    )
    expect(rows[0].n).toBe(1)
    await place.inside((tx) => liftRestriction(tx, officer(), { contactId, because: 'It was right after all', told: { how: 'phone' } }))
    expect(await ask()).toMatchObject({ allowed: true })
  })
})

describe('a rectification', () => {
  it('corrects, and notes what was wrong without keeping it [M4]', async () => {
    const { contactId } = await someone()
    const { name } = await place.inside((tx) => loadContact(tx, officer(), contactId))
    await place.inside((tx) =>
      rectifyContact(tx, officer(), { contactId, version: 1, changes: { name: 'Gerda Right' }, whatWasWrong: 'Her name was misspelt' }),
    )
    expect(await place.inside((tx) => loadContact(tx, officer(), contactId))).toMatchObject({ name: 'Gerda Right' })
    const { rows } = await test.asSuperuser(
      `select kind, summary_values from timeline_event where contact_id = $1 order by id desc limit 1`,
      [contactId],
    )
    expect(rows).toEqual([{ kind: 'contact.rectified', summary_values: { note: 'Her name was misspelt' } }])
    for (const table of ['contact', 'contact_point', 'timeline_event', 'outbox', 'audit_entry']) {
      const { rows: found } = await test.asSuperuser(`select count(*)::int as n from ${table} t where t::text like '%' || $1 || '%'`, [
        name,
      ])
      expect([table, found[0].n]).toEqual([table, 0])
    }
  })
})
