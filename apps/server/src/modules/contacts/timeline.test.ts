import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { testDatabase } from '../../platform/database/testing.ts'
import { loadContact } from './load-contact.ts'
import { addNote, editNote, listNotes, removeNote, restoreNote } from './notes/write-note.ts'
import { recordTimeline } from './record-timeline.ts'
import { type TestWorkspace, testWorkspace } from './testing.ts'
import { timelinePage } from './timeline-page.ts'

const test = await testDatabase()
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test)
})
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)

describe('the timeline', () => {
  it('can be added to, and neither changed nor deleted, by the app role', async () => {
    const contactId = await place.newContact('ann@history.example')
    for (const statement of [sql`update timeline_event set kind = 'x.y'`, sql`delete from timeline_event`, sql`truncate timeline_event`]) {
      await expect(inside((tx) => statement.execute(tx.db))).rejects.toMatchObject({ code: '42501' })
    }
    expect((await inside((tx) => timelinePage(tx, place.as.owner, { contactId, limit: 10 }))).items).toHaveLength(1)
  })

  it('refuses an event about a contact of another workspace', async () => {
    const other = await testWorkspace(test, 'Other')
    const contactId = await other.newContact('bo@history.example')
    const event = { contactId, kind: 'call.ended', actor: place.as.owner, summary: { key: 'call_ended', values: {} } } as const
    await expect(inside((tx) => recordTimeline(tx, event))).rejects.toMatchObject({ code: '23503' })
    await expect(inside((tx) => timelinePage(tx, place.as.owner, { contactId, limit: 10 }))).rejects.toMatchObject({
      type: 'http/not-found',
    })
  })

  it('refuses a representative who does not own the contact', async () => {
    const contactId = await place.newContact('cy@history.example')
    await expect(inside((tx) => timelinePage(tx, place.as.representative, { contactId, limit: 10 }))).rejects.toMatchObject({
      type: 'http/not-found',
    })
  })

  it('is read newest first by when things happened, page by page', async () => {
    const contactId = await place.newContact('dee@history.example')
    const start = test.clock()
    for (let index = 0; index < 9; index++) {
      const at = start.add({ seconds: [0, 5, 5, 5, 2, 9, 9, 1, 3][index] ?? 0 })
      await inside((tx) =>
        recordTimeline(tx, {
          contactId,
          kind: 'call.ended',
          actor: { kind: 'system', workspaceId: place.workspaceId, job: 'test' },
          summary: { key: 'call_ended', values: { index } },
          at,
        }),
      )
    }
    const seen: unknown[] = []
    let cursor: string | undefined
    do {
      const page = await inside((tx) => timelinePage(tx, place.as.owner, { contactId, limit: 3, cursor }))
      seen.push(...page.items.filter(({ kind }) => kind === 'call.ended').map(({ summary }) => summary.values.index))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual([6, 5, 3, 2, 1, 8, 4, 7, 0])
  })

  it('moves the contact up by what happened, never down and never into the future', async () => {
    const contactId = await place.newContact('eve@history.example')
    const active = async () => (await inside((tx) => loadContact(tx, place.as.owner, contactId))).lastActivityAt
    const before = await active()
    const event = { contactId, kind: 'import.finished', actor: place.as.owner, summary: { key: 'imported', values: {} } } as const
    await inside((tx) => recordTimeline(tx, { ...event, at: Temporal.Instant.from('2020-01-01T00:00:00Z') }))
    expect(await active()).toBe(before)
    test.clock.advance({ hours: 1 })
    await inside((tx) => recordTimeline(tx, { ...event, at: test.clock().add({ hours: 5 }) }))
    expect(await active()).toBe(test.clock().toString())
  })

  it('shows what was recorded for contacts that were merged into this one', async () => {
    const winner = await place.newContact('winner@history.example')
    const loser = await place.newContact('loser@history.example')
    await test.asSuperuser('update contact set merged_into = $1 where id = $2', [winner, loser])
    for (const contactId of [winner, loser]) {
      expect((await inside((tx) => timelinePage(tx, place.as.owner, { contactId, limit: 10 }))).items).toHaveLength(2)
    }
  })

  it('has a partition for this month and the next ones, and loses nothing where there is none', async () => {
    const { rows: made } = await test.database.pool.query('select platform.make_timeline_partitions(8) as made')
    expect(made[0].made).toBeGreaterThanOrEqual(1)
    const { rows: again } = await test.database.pool.query('select platform.make_timeline_partitions(8) as made')
    expect(again[0].made).toBe(0)
    test.clock.set(
      Temporal.Now.instant()
        .add({ hours: 24 * 400 })
        .round('millisecond'),
    )
    const later = await place.newContact('later@history.example')
    const { rows } = await test.asSuperuser('select tableoid::regclass::text as part from timeline_event where contact_id = $1', [later])
    expect(rows).toEqual([{ part: 'timeline_event_default' }])
    await test.database.pool.query('select platform.make_timeline_partitions(14)')
    expect((await inside((tx) => timelinePage(tx, place.as.owner, { contactId: later, limit: 10 }))).items).toHaveLength(1)
  })

  it('keeps its partitions out of the reach of the app role', async () => {
    await expect(inside((tx) => sql`select * from timeline_event_default`.execute(tx.db))).rejects.toMatchObject({ code: '42501' })
  })
})

describe('notes', () => {
  it('refuses a stale version, a foreign contact and a role that only reads', async () => {
    const contactId = await place.newContact('fay@notes.example')
    const other = await place.newContact('gil@notes.example')
    const note = await inside((tx) => addNote(tx, place.as.member, { contactId, body: 'Likes tea' }))
    const change = { noteId: note.id, body: 'Likes coffee' }
    await inside((tx) => editNote(tx, place.as.member, { ...change, contactId, version: 1 }))
    await expect(inside((tx) => editNote(tx, place.as.member, { ...change, contactId, version: 1 }))).rejects.toMatchObject({
      type: 'http/version-mismatch',
      facts: { current: { body: 'Likes coffee', version: 2 } },
    })
    await expect(inside((tx) => removeNote(tx, place.as.member, { contactId: other, noteId: note.id }))).rejects.toMatchObject({
      type: 'http/not-found',
    })
    await expect(inside((tx) => removeNote(tx, place.as.read_only, { contactId, noteId: note.id }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
  })

  it('come back after they were removed [F4]', async () => {
    const contactId = await place.newContact('hal@notes.example')
    const note = await inside((tx) => addNote(tx, place.as.member, { contactId, body: 'First\nline' }))
    const notes = async () => (await inside((tx) => listNotes(tx, place.as.owner, { contactId, limit: 10 }))).items.map(({ body }) => body)
    await inside((tx) => removeNote(tx, place.as.member, { contactId, noteId: note.id }))
    expect(await notes()).toEqual([])
    await inside((tx) => restoreNote(tx, place.as.member, { contactId, noteId: note.id }))
    expect(await notes()).toEqual(['First\nline'])
  })
})
