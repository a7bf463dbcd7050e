/** A business whose data end, with its nights, previews and holds, for tests of retention. */
import path from 'node:path'
import type { ContactId, FileId, PlaceLegalHoldBody, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { afterAll } from 'vitest'
import type { z } from 'zod'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { type TestWorkspace, testWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import { erasureSurroundings, openTombstones } from '../../apps/server/src/modules/privacy/index.ts'
import { placeLegalHold } from '../../apps/server/src/modules/privacy/retention/legal-holds.ts'
import { listRetentionRuns } from '../../apps/server/src/modules/privacy/retention/list-runs.ts'
import { previewRetention } from '../../apps/server/src/modules/privacy/retention/preview-retention.ts'
import { changeRetention, confirmRetention, readRetention } from '../../apps/server/src/modules/privacy/retention/retention-setting.ts'
import { runRetention } from '../../apps/server/src/modules/privacy/retention/run-retention.ts'
import type { RetentionSurroundings } from '../../apps/server/src/modules/privacy/retention/surroundings.ts'
import { openDatabase, type WorkspaceTx } from '../../apps/server/src/platform/database/index.ts'
import type { TestDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { openFiles, recordFile } from '../../apps/server/src/platform/files/index.ts'
import { mediaSample } from '../../apps/server/src/platform/files/testing.ts'

/** Days by rule, as a business sets them. */
export type Days = { removed: number; mail: number; conversation: number; booking: number; contact: number; proof: number }

/** Starts it; each test begins with a business of its own. */
export function retentionStage(test: TestDatabase) {
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

  return {
    /** A business with two customers, on the same morning each time. */
    async begin() {
      test.clock.set('2027-01-04T14:00:00Z')
      place = await testWorkspace(test)
      const ann = await place.newContact('ann@home.example', 'Ann Lee')
      const bob = await place.newContact('bob@home.example', 'Bob Ray')
      return { place, ann, bob }
    },
    /** From now on everything happens in another business. */
    move: (other: TestWorkspace): TestWorkspace => {
      place = other
      return other
    },
    eraser,
    files,
    around,
    inside,
    daysAgo,
    system,
    night,
    preview,
    confirm,
    hold,
    state,
    usual,
    change,
    runs,
    count,
    talk,
    permit,
    note,
  }
}
