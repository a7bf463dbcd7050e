import path from 'node:path'
import type { ContactId, FileId, PlaceLegalHoldBody, Principal, Role } from '@frontdesk/contract'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { z } from 'zod'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { type TestWorkspace, testWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import { erasureSurroundings, openTombstones } from '../../apps/server/src/modules/privacy/index.ts'
import {
  holdErasures,
  listLegalHolds,
  placeLegalHold,
  releaseLegalHold,
} from '../../apps/server/src/modules/privacy/retention/legal-holds.ts'
import { listRetentionRuns } from '../../apps/server/src/modules/privacy/retention/list-runs.ts'
import { previewRetention } from '../../apps/server/src/modules/privacy/retention/preview-retention.ts'
import { changeRetention, confirmRetention, readRetention } from '../../apps/server/src/modules/privacy/retention/retention-setting.ts'
import { runRetention } from '../../apps/server/src/modules/privacy/retention/run-retention.ts'
import type { RetentionSurroundings } from '../../apps/server/src/modules/privacy/retention/surroundings.ts'
import { openDatabase, type WorkspaceTx } from '../../apps/server/src/platform/database/index.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { openFiles, recordFile } from '../../apps/server/src/platform/files/index.ts'
import { mediaSample } from '../../apps/server/src/platform/files/testing.ts'

const test = await testDatabase()
const eraser = openDatabase({ url: test.urls.eraser, keys: test.keys, clock: test.clock, connections: 2 })
const files = openFiles({ keys: test.keys, folder: path.join(test.folder, 'files'), keyFolder: path.join(test.folder, 'keys', 'files') })
const around: RetentionSurroundings = { eraser, files, inventory: tableInventories }
erasureSurroundings.provide({
  ...around,
  files,
  database: test.database,
  tombstones: openTombstones(test.folder),
  vacuum: async () => 'freed',
})
afterAll(() => eraser.close())

let place: TestWorkspace
let ann: ContactId
let bob: ContactId
beforeEach(async () => {
  test.clock.set('2027-01-04T14:00:00Z')
  place = await testWorkspace(test)
  ann = await place.newContact('ann@home.example', 'Ann Lee')
  bob = await place.newContact('bob@home.example', 'Bob Ray')
})

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const daysAgo = (days: number) => test.clock().subtract({ hours: days * 24 })
const system = (): Principal => ({ kind: 'system', workspaceId: place.workspaceId, job: 'privacy.retention' })
const night = (more: Partial<RetentionSurroundings> = {}) =>
  runRetention({
    ...around,
    database: test.database,
    workspaceId: place.workspaceId,
    by: system(),
    signal: new AbortController().signal,
    ...more,
  })
const preview = (by: Principal = place.as.owner) => inside((tx) => previewRetention(tx, by))
const confirm = async (by: Principal = place.as.owner) => {
  const { id } = await preview()
  return inside((tx) => confirmRetention(tx, by, id))
}
const hold = (wish: Partial<z.output<typeof PlaceLegalHoldBody>>) =>
  inside((tx) => placeLegalHold(tx, place.as.privacy_officer, { why: 'Letter of her lawyer', ...wish }))
const state = () => inside((tx) => readRetention(tx, place.as.owner))
const usual = async () => Object.fromEntries((await state()).rules.map(({ rule, days }) => [rule, days])) as never as Days
type Days = { removed: number; mail: number; conversation: number; booking: number; contact: number; proof: number }
const change = (days: Days, version: number, by: Principal = place.as.owner) => inside((tx) => changeRetention(tx, by, { days, version }))
const runs = async () => (await inside((tx) => listRetentionRuns(tx, place.as.owner, { limit: 50 }))).items
const count = async (table: string) => {
  const { rows } = await test.asSuperuser(`select count(*)::int as n from "${table}" where workspace_id = $1`, [place.workspaceId])
  return rows[0].n as number
}

/** A conversation whose last word was said then, with a message, a mail, its answer and a file. */
async function talk(contactId: ContactId, at: Temporal.Instant): Promise<{ fileId: FileId }> {
  const stored = await files.put(mediaSample.png, {
    workspaceId: place.workspaceId,
    subjects: [{ contactId }],
    purpose: 'attachment',
    name: 'photo.png',
    maxBytes: 1000,
    now: test.clock(),
  })
  await inside(async (tx) => {
    const [channel, conversation, message] = [tx.newId(), tx.newId(), tx.newId()]
    await recordFile(tx, stored)
    await sql`insert into channel (workspace_id, id, kind, name, created_at) values (${tx.workspaceId}, ${channel}, 'email', ${channel}, ${at})`.execute(
      tx.db,
    )
    await sql`insert into conversation (workspace_id, id, version, contact_id, channel_id, subject, status, answered, last_message_at, preview, created_at)
      values (${tx.workspaceId}, ${conversation}, 1, ${contactId}, ${channel}, 'Colour', 'resolved', true, ${at}, 'Hello', ${at})`.execute(
      tx.db,
    )
    await sql`insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, author_kind, subject, body, automatic, delivery, at)
      values (${tx.workspaceId}, ${message}, ${conversation}, ${contactId}, ${channel}, 'in', 'contact', 'Colour', 'Hello', false, 'received', ${at})`.execute(
      tx.db,
    )
    await sql`insert into attachment (workspace_id, id, message_id, file_id, name, media_type, size, created_at)
      values (${tx.workspaceId}, ${tx.newId()}, ${message}, ${stored.id}, 'photo.png', 'image/png', 70, ${at})`.execute(tx.db)
  })
  return { fileId: stored.id }
}

const permit = (contactId: ContactId, at: Temporal.Instant) =>
  inside((tx) =>
    sql`insert into permit (workspace_id, id, contact_id, channel, purpose, about_type, about_id, decision, reasons, rulebook_version, created_at)
      values (${tx.workspaceId}, ${tx.newId()}, ${contactId}, 'email', 'service', 'booking', ${tx.newId()}, 'refused', '[]', 'test', ${at})`.execute(
      tx.db,
    ),
  )

const note = (contactId: ContactId, removed: Temporal.Instant | null) =>
  inside((tx) =>
    sql`insert into note (workspace_id, id, version, contact_id, body, created_at, updated_at, removed_at)
      values (${tx.workspaceId}, ${tx.newId()}, 1, ${contactId}, 'Allergic to ammonia', ${daysAgo(90)}, ${daysAgo(90)}, ${removed})`.execute(
      tx.db,
    ),
  )

describe('before anybody confirmed', () => {
  it('purges nothing, however old it is', async () => {
    await talk(ann, daysAgo(4000))
    await night()
    expect(await count('conversation')).toBe(1)
    expect(await runs()).toEqual([])
  })

  it.each<Role>(['admin', 'manager', 'member', 'representative', 'auditor', 'support', 'read_only', 'billing'])(
    'does not let the role %s confirm, change periods or place holds',
    async (role) => {
      const { id } = await preview()
      const by = place.as[role]
      const refused = { type: 'http/not-allowed' }
      await expect(inside((tx) => confirmRetention(tx, by, id))).rejects.toMatchObject(refused)
      await expect(change(await usual(), 1, by)).rejects.toMatchObject(refused)
      await expect(inside((tx) => placeLegalHold(tx, by, { rule: 'mail', why: 'Because' }))).rejects.toMatchObject(refused)
    },
  )

  it('takes the word of a person, and not of an API key', async () => {
    const { id } = await preview()
    const key: Principal = {
      kind: 'api_key',
      workspaceId: place.workspaceId,
      keyId: place.workspaceId as never,
      scopes: ['retention.confirm', 'retention.read'],
      test: false,
    }
    await expect(inside((tx) => confirmRetention(tx, key, id))).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('refuses a preview that nobody made, one of yesterday, and one of other periods', async () => {
    const nobodys = inside((tx) => confirmRetention(tx, place.as.owner, tx.newId()))
    await expect(nobodys).rejects.toMatchObject({ type: 'http/not-found' })
    const { id } = await preview()
    await change({ ...(await usual()), conversation: 800 }, 1)
    await expect(inside((tx) => confirmRetention(tx, place.as.owner, id))).rejects.toMatchObject({ type: 'privacy/preview-outdated' })
    const later = await preview()
    test.clock.advance({ hours: 25 })
    await expect(inside((tx) => confirmRetention(tx, place.as.owner, later.id))).rejects.toMatchObject({ type: 'privacy/preview-outdated' })
  })

  it('begins with the night after the owner or the privacy officer confirmed what she saw', async () => {
    await talk(ann, daysAgo(731))
    expect((await confirm(place.as.privacy_officer)).confirmedAt).toBe(test.clock().toString())
    await night()
    expect(await count('conversation')).toBe(0)
  })
})

describe('periods', () => {
  it.each([
    ['mail longer than its conversation', { mail: 800, conversation: 730 }],
    ['proof shorter than the law asks for', { proof: 1826 }],
    ['nothing kept long enough to be undone', { removed: 0 }],
    ['a conversation kept for ever', { conversation: 3651 }],
  ])('refuses %s', async (_what, wish) => {
    await expect(change({ ...(await usual()), ...wish }, 1)).rejects.toMatchObject({ type: 'privacy/retention-period' })
    expect(await state()).toMatchObject({ version: 1 })
  })

  it('refuses what somebody else has changed meanwhile', async () => {
    const days = await usual()
    await change({ ...days, booking: 900 }, 1)
    await expect(change({ ...days, booking: 901 }, 1)).rejects.toMatchObject({ type: 'http/version-mismatch' })
  })

  it('asks for a new confirmation when one became shorter, and for none when it became longer', async () => {
    await confirm()
    const days = await usual()
    expect((await change({ ...days, conversation: 900 }, 1)).confirmedAt).not.toBeNull()
    expect((await change({ ...days, conversation: 899 }, 2)).confirmedAt).toBeNull()
    await talk(ann, daysAgo(4000))
    await night()
    expect(await count('conversation')).toBe(1)
  })

  it('says of each what it comes from, and how everything else ends [R1]', async () => {
    const { rules, otherwise } = await state()
    expect(rules.find(({ rule }) => rule === 'proof')?.law?.source).toContain('16 CFR 310.5')
    const named = new Set(
      tableInventories
        .flatMap(({ columns }) => Object.values(columns))
        .flatMap((field) => (field.kind === 'personal' ? [field.retention] : [])),
    )
    expect([...named].filter((retention) => !otherwise.some((each) => each.retention === retention))).toEqual([])
    const ended = new Set(tableInventories.flatMap(({ ends }) => (ends ? [ends.rule] : [])))
    expect(rules.map(({ rule }) => rule).filter((rule) => !ended.has(rule))).toEqual([])
    const criteria = new Set([...rules, ...otherwise].map(({ criterion }) => criterion))
    expect([...criteria].sort()).toEqual(['legal_obligation', 'legal_position', 'relationship'])
  })
})

describe('a preview', () => {
  it('counts what the next night would take, shows the oldest, and changes nothing', async () => {
    await talk(ann, daysAgo(800))
    await talk(bob, daysAgo(731))
    await talk(bob, daysAgo(700))
    await note(ann, daysAgo(31))
    await note(ann, null)
    const seen = await preview()
    expect(seen.night).toBe('2027-01-05T08:00:00Z') // three in the morning in New York
    const conversation = seen.rules.find(({ rule }) => rule === 'conversation')
    expect(conversation).toMatchObject({ due: 2, held: 0, samples: [{ name: 'Ann Lee' }, { name: 'Bob Ray' }] })
    expect(seen.rules.find(({ rule }) => rule === 'removed')).toMatchObject({ due: 1 })
    expect(await count('conversation')).toBe(3)
  })

  it('counts by the coming night, not by this moment', async () => {
    await talk(ann, daysAgo(730).add({ hours: 10 }))
    expect((await preview()).rules.find(({ rule }) => rule === 'conversation')).toMatchObject({ due: 1 })
  })
})

describe('a night', () => {
  it('takes conversations with messages and files, old notes and old decisions, and nothing younger [R5]', async () => {
    const old = await talk(ann, daysAgo(731))
    const young = await talk(ann, daysAgo(729))
    await permit(ann, daysAgo(1828))
    await permit(ann, daysAgo(1826))
    await note(ann, daysAgo(31))
    await note(ann, daysAgo(29))
    await confirm()
    await night()
    for (const table of ['conversation', 'message', 'attachment', 'file', 'permit', 'note'])
      expect([table, await count(table)]).toEqual([table, 1])
    await expect(files.get({ workspaceId: place.workspaceId, id: old.fileId, size: mediaSample.png.length })).rejects.toThrow()
    await expect(files.get({ workspaceId: place.workspaceId, id: young.fileId, size: mediaSample.png.length })).resolves.toBeDefined()
    const [report] = await runs()
    expect(report).toMatchObject({ night: '2027-01-04', state: 'done' })
    expect(report?.rules.find(({ rule }) => rule === 'conversation')).toMatchObject({
      files: 1,
      tables: expect.arrayContaining([
        { table: 'conversation', rows: 1 },
        { table: 'message', rows: 1 },
        { table: 'attachment', rows: 1 },
      ]),
    })
    const { rows } = await test.asSuperuser("select 1 from audit_entry where workspace_id = $1 and action = 'retention.run_finished'", [
      place.workspaceId,
    ])
    expect(rows.length).toBe(1)
  })

  it('leaves the same when it runs again, and is one run however often it is asked [R5]', async () => {
    await talk(ann, daysAgo(731))
    await confirm()
    await night()
    const [first] = await runs()
    await night()
    test.clock.advance({ hours: 1 })
    await night()
    expect(await runs()).toEqual([first])
  })

  it('goes on after a crash with what was begun, and counts nothing twice', async () => {
    for (let i = 0; i < 3; i++) await talk(ann, daysAgo(731 + i))
    await confirm()
    const erase = vi.fn().mockRejectedValueOnce(new Error('The server died.')).mockResolvedValue(undefined)
    await expect(night({ files: { erase } })).rejects.toThrow('died')
    expect((await runs())[0]).toMatchObject({ state: 'running' })
    test.clock.advance({ hours: 30 }) // it comes back a night later, and finishes the old one first
    await night()
    await night()
    const [second, first] = await runs()
    expect([first?.state, second?.state]).toEqual(['done', 'done'])
    expect(first?.rules.find(({ rule }) => rule === 'conversation')?.tables).toContainEqual({ table: 'conversation', rows: 3 })
    expect(second?.rules.find(({ rule }) => rule === 'conversation')?.tables).toEqual([])
  })

  it('takes at the end of the days and not before, also when the clock jumps', async () => {
    await talk(ann, test.clock())
    await confirm()
    test.clock.advance({ hours: 730 * 24 - 1 })
    await night()
    expect(await count('conversation')).toBe(1)
    test.clock.advance({ hours: 24 })
    await night()
    expect(await count('conversation')).toBe(0)
  })

  it('begins no second run when the clock is set back', async () => {
    await confirm()
    await night()
    test.clock.set(test.clock().subtract({ hours: 1 }))
    await night()
    expect((await runs()).length).toBe(1)
  })

  it('leaves another workspace alone', async () => {
    await confirm()
    const other = await testWorkspace(test, 'Elsewhere')
    const home = place
    place = other
    await talk(await other.newContact('ann@home.example'), daysAgo(4000))
    place = home
    await night()
    place = other
    expect(await count('conversation')).toBe(1)
  })

  it('empties what an old appointment says of her, and leaves what is counted', async () => {
    await inside(async (tx) => {
      const [service, staff] = [tx.newId(), tx.newId()]
      await sql`insert into staff (workspace_id, id, name, hue, active, created_at, updated_at, version) values (${tx.workspaceId}, ${staff}, 'Ana', 1, true, ${tx.now}, ${tx.now}, 1)`.execute(
        tx.db,
      )
      await sql`insert into service (workspace_id, id, name, slug, description, duration_minutes, price_minor, currency, buffer_before_minutes, buffer_after_minutes, notice_minutes, horizon_days, step_minutes, change_notice_minutes, place_kind, hue, phone, choose_person, active, position, created_at, updated_at, version)
        values (${tx.workspaceId}, ${service}, 'Cut', 'cut', '', 30, 4000, 'USD', 0, 0, 0, 60, 15, 0, 'at_customer', 1, 'optional', false, true, 1, ${tx.now}, ${tx.now}, 1)`.execute(
        tx.db,
      )
      for (const days of [800, 100]) {
        const id = tx.newId()
        const [start, end] = [daysAgo(days), daysAgo(days).add({ minutes: 30 })]
        await sql`insert into booking (workspace_id, id, status, service_id, staff_id, contact_id, attendee_id, booked_as, starts_at, ends_at, busy_from, busy_until, zone, wall_start, place_kind, place_detail, price_minor, currency, note, source, thread_id, sequence, told_contact, told_business, quiet, created_at, updated_at, version)
          values (${tx.workspaceId}, ${id}, 'attended', ${service}, ${staff}, ${ann}, ${ann}, 'Annie', ${start}, ${end}, ${start}, ${end}, 'America/New_York', '2024-10-26T10:00', 'at_customer', '5 Elm Street', 4000, 'USD', 'Door code 11', 'page', ${id}, 0, 0, 0, false, ${start}, ${start}, 1)`.execute(
          tx.db,
        )
      }
    })
    await confirm()
    await night()
    const { rows } = await test.asSuperuser(
      'select note, place_detail, booked_as, price_minor::int as price from booking where workspace_id = $1 order by starts_at',
      [place.workspaceId],
    )
    expect(rows).toEqual([
      { note: null, place_detail: null, booked_as: null, price: 4000 },
      { note: 'Door code 11', place_detail: '5 Elm Street', booked_as: 'Annie', price: 4000 },
    ])
    test.clock.advance({ hours: 24 })
    expect((await preview()).rules.find(({ rule }) => rule === 'booking')).toMatchObject({ due: 0 })
  })
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
