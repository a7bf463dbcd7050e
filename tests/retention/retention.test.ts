import type { ContactId, Principal, Role } from '@frontdesk/contract'
import { sql } from 'kysely'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { type TestWorkspace, testWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import { placeLegalHold } from '../../apps/server/src/modules/privacy/retention/legal-holds.ts'
import { confirmRetention } from '../../apps/server/src/modules/privacy/retention/retention-setting.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { mediaSample } from '../../apps/server/src/platform/files/testing.ts'
import { retentionStage } from './stage.ts'

const test = await testDatabase()
const { begin, move, files, inside, daysAgo, night, preview, confirm, state, usual, change, runs, count, talk, permit, note } =
  retentionStage(test)

let place: TestWorkspace
let ann: ContactId
let bob: ContactId
beforeEach(async () => {
  ;({ place, ann, bob } = await begin())
})

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
    const kept = await files.get({ workspaceId: place.workspaceId, id: young.fileId, size: mediaSample.png.length })
    expect(Buffer.concat(await Array.fromAsync(kept))).toEqual(Buffer.from(mediaSample.png))
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
    place = move(other)
    await talk(await other.newContact('ann@home.example'), daysAgo(4000))
    place = move(home)
    await night()
    place = move(other)
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
