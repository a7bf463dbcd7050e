import type { ContactId, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recordTimeline } from '../../apps/server/src/modules/contacts/index.ts'
import { loadErasure, privacyRoom, restrictContact } from '../../apps/server/src/modules/privacy/index.ts'
import { placeLegalHold, releaseLegalHold } from '../../apps/server/src/modules/privacy/retention/legal-holds.ts'
import { listRetentionRuns } from '../../apps/server/src/modules/privacy/retention/list-runs.ts'
import { previewRetention } from '../../apps/server/src/modules/privacy/retention/preview-retention.ts'
import { changeRetention, confirmRetention, readRetention } from '../../apps/server/src/modules/privacy/retention/retention-setting.ts'
import { runRetention } from '../../apps/server/src/modules/privacy/retention/run-retention.ts'
import { provideSchedulingPorts } from '../../apps/server/src/modules/scheduling/index.ts'
import { type TestBusiness, testBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { backgroundOf } from '../../apps/server/src/platform/events/testing.ts'
import { testErasure } from '../rights/desk.ts'

const test = await testDatabase()
const around = testErasure(test)
provideSchedulingPorts()
let settle: () => Promise<unknown>
beforeAll(async () => {
  settle = (await backgroundOf(test, { jobs: privacyRoom.jobs })).settle
})

const THREE_YEARS = 1095
let place: TestBusiness
let ann: ContactId
let bob: ContactId
beforeEach(async () => {
  test.clock.set('2027-01-04T14:00:00Z')
  place = await testBusiness(test)
  ann = await lastSeen('Ann Lee', THREE_YEARS + 10)
  bob = await lastSeen('Bob Ray', THREE_YEARS + 5)
  await lastSeen('Cora Vance', THREE_YEARS - 5)
})

/** Somebody who was last dealt with so many days ago. */
async function lastSeen(name: string, days: number): Promise<ContactId> {
  const now = test.clock()
  test.clock.set(now.subtract({ hours: days * 24 }))
  const id = await place.newContact(`${name.toLowerCase().replace(' ', '.')}@home.example`, name)
  test.clock.set(now)
  return id
}
const system = (): Principal => ({ kind: 'system', workspaceId: place.workspaceId, job: 'privacy.retention' })
const night = () =>
  runRetention({ ...around, database: test.database, workspaceId: place.workspaceId, by: system(), signal: new AbortController().signal })
const seen = async () => (await place.inside((tx) => previewRetention(tx, place.as.owner))).rules.find(({ rule }) => rule === 'contact')
const confirm = async () => {
  const { id } = await place.inside((tx) => previewRetention(tx, place.as.owner))
  await place.inside((tx) => confirmRetention(tx, place.as.owner, id))
}
const people = async () =>
  (
    await test.asSuperuser('select name from contact where workspace_id = $1 and archived_at is null order by name', [place.workspaceId])
  ).rows.map(({ name }) => name)
const report = async () =>
  (await place.inside((tx) => listRetentionRuns(tx, place.as.owner, { limit: 1 }))).items[0]?.rules.find(({ rule }) => rule === 'contact')

describe('a contact nobody has dealt with for so long', () => {
  it('is shown before, by name, and stays until somebody confirmed', async () => {
    expect(await seen()).toMatchObject({ days: THREE_YEARS, due: 2, held: 0, samples: [{ name: 'Ann Lee' }, { name: 'Bob Ray' }] })
    await night()
    await settle()
    expect(await people()).toEqual(['Ann Lee', 'Bob Ray', 'Cora Vance'])
  })

  it('goes in the night through an erasure of her own, with a receipt, and reports keep their counts [R2]', async () => {
    await test.asSuperuser(
      `insert into booking (workspace_id, id, status, service_id, staff_id, contact_id, attendee_id, starts_at, ends_at, busy_from, busy_until, zone, wall_start, place_kind, price_minor, currency,
         source, thread_id, sequence, told_contact, told_business, quiet, created_at, updated_at, version)
       select $1, id, 'attended', $2, $3, $4, $4, at, at + interval '30 minutes', at, at + interval '30 minutes', 'America/New_York', '2023-12-20T10:00', 'address', 9000, 'USD',
         'member', id, 0, 0, 0, false, at, at, 1 from (select gen_random_uuid() as id, timestamptz '2023-12-20T15:00:00Z' as at) as visit`,
      [place.workspaceId, place.service.id, place.ana, ann],
    )
    const visits = async () =>
      (
        await test.asSuperuser(
          `select (starts_at at time zone zone)::date::text as day, count(*)::int as n, sum(price_minor)::int as amount from booking where workspace_id = $1 group by 1`,
          [place.workspaceId],
        )
      ).rows
    const before = await visits()
    expect(before).toEqual([{ day: '2023-12-20', n: 1, amount: 9000 }])
    await confirm()
    await night()
    await settle()
    expect(await people()).toEqual(['Cora Vance'])
    expect(await visits()).toEqual(before)
    expect((await test.asSuperuser('select 1 from booking where contact_id = $1', [ann])).rows).toEqual([])
    expect(await report()).toMatchObject({ tables: [{ table: 'contact', rows: 2 }], held: 0 })
    const { rows } = await test.asSuperuser('select id from erasure where workspace_id = $1 order by id', [place.workspaceId])
    expect(rows).toHaveLength(2)
    for (const { id } of rows)
      expect(await place.inside((tx) => loadErasure(tx, place.as.privacy_officer, id))).toMatchObject({
        state: 'done',
        ground: 'retention',
        mode: 'anonymize',
        receipt: { tables: expect.arrayContaining([expect.objectContaining({ table: 'contact', deleted: 1 })]) },
      })
    test.clock.advance({ hours: 24 })
    await night() // what anonymized rows belong to is nobody, and never of old age
    await settle()
    expect(await people()).toEqual(['Cora Vance'])
  })

  it('is counted from what both had to do with each other, not from what the business did alone [R2]', async () => {
    await place.inside(async (tx) => {
      await recordTimeline(tx, { contactId: ann, kind: 'message.queued', actor: system(), summary: { key: 'message_queued', values: {} } })
      await recordTimeline(tx, {
        contactId: bob,
        kind: 'message.received',
        actor: system(),
        summary: { key: 'message_received', values: {} },
      })
    })
    expect(await seen()).toMatchObject({ due: 1, samples: [{ name: 'Ann Lee' }] })
  })
})

describe('a contact stays, however long ago', () => {
  const open = async (contactId: ContactId, closed: boolean) =>
    place.inside((tx) =>
      sql`insert into request (workspace_id, id, version, number, kind, state, received_by, for_whom, contact_id, locale, region, regime, calendar_version, calendars, zone, received_at, respond_before, pauses, self_reviewed, closed_at, created_at)
        values (${tx.workspaceId}, ${tx.newId()}, 1, ${closed ? 1 : 2}, 'access', ${closed ? 'closed' : 'received'}, 'member', 'self', ${contactId}, 'en', 'elsewhere', 'gdpr', '1', '[]', 'UTC', ${tx.now}, ${tx.now}, '[]', false, ${closed ? tx.now : null}, ${tx.now})`.execute(
        tx.db,
      ),
    )
  const cases: readonly (readonly [string, (contactId: ContactId) => Promise<unknown>])[] = [
    ['with an appointment ahead', (contactId) => place.book({ start: '2027-01-05T15:00:00Z', who: { contactId } as never })],
    [
      'on a legal hold',
      (contactId) => place.inside((tx) => placeLegalHold(tx, place.as.owner, { contactId, why: 'Letter of her lawyer' })),
    ],
    ['with a request that is open', (contactId) => open(contactId, false)],
    [
      'whose data is only kept at her word',
      (contactId) => place.inside((tx) => restrictContact(tx, place.as.privacy_officer, { contactId, ground: 'needed_for_claims' })),
    ],
    [
      'who was sent advertising whose proof has to be kept',
      (contactId) =>
        test.asSuperuser(
          `insert into permit (workspace_id, id, contact_id, channel, purpose, about_type, about_id, decision, reasons, rulebook_version, created_at, expires_at, used_by, used_at)
           values ($1, gen_random_uuid(), $2, 'email', 'marketing', 'campaign', gen_random_uuid(), 'allowed', '[]', 'test', '2024-01-01T00:00:00Z', '2024-01-01T00:05:00Z', gen_random_uuid(), '2024-01-01T00:00:00Z')`,
          [place.workspaceId, contactId],
        ),
    ],
    [
      'into whom somebody was merged who is younger',
      async (contactId) => {
        const young = await lastSeen('Ann Young', 10)
        await test.asSuperuser('update contact set merged_into = $1 where id = $2', [contactId, young])
      },
    ],
  ]
  it.each(cases)('%s [R2]', async (_what, keep) => {
    await keep(ann)
    // What keeps her may itself be a dealing: she is old all the same.
    await test.asSuperuser(`update contact set last_dealing_at = '2023-12-01T00:00:00Z' where id = $1`, [ann])
    expect(await seen()).toMatchObject({ due: 1, samples: expect.arrayContaining([expect.objectContaining({ name: 'Bob Ray' })]) })
    await confirm()
    await night()
    await settle()
    expect(await people()).toEqual(expect.arrayContaining(['Ann Lee', 'Cora Vance']))
    expect(await people()).not.toContain('Bob Ray')
  })

  it('until the hold ends or the request is closed', async () => {
    await open(ann, true)
    const { id } = await place.inside((tx) => placeLegalHold(tx, place.as.owner, { contactId: ann, why: 'Letter of her lawyer' }))
    await confirm()
    await night()
    await settle()
    expect(await report()).toMatchObject({ tables: [{ table: 'contact', rows: 1 }], held: 1 })
    await place.inside((tx) => releaseLegalHold(tx, place.as.owner, { holdId: id, why: 'Settled' }))
    test.clock.advance({ hours: 24 })
    await night()
    await settle()
    expect(await people()).toEqual(['Cora Vance'])
  })

  it('while the rule is paused, or asks for more years', async () => {
    const { rules } = await place.inside((tx) => readRetention(tx, place.as.owner))
    const days = Object.fromEntries(rules.map(({ rule, days: usual }) => [rule, usual])) as never as Parameters<
      typeof changeRetention
    >[2]['days']
    await place.inside((tx) => changeRetention(tx, place.as.owner, { days: { ...days, contact: 1825 }, version: 1 }))
    expect(await seen()).toMatchObject({ due: 0 })
    await place.inside((tx) => placeLegalHold(tx, place.as.owner, { rule: 'contact', why: 'We are being sold' }))
    await place.inside((tx) => changeRetention(tx, place.as.owner, { days, version: 2 }))
    expect(await seen()).toMatchObject({ due: 0, held: 2 })
    await confirm()
    await night()
    await settle()
    expect(await people()).toHaveLength(3)
  })
})
