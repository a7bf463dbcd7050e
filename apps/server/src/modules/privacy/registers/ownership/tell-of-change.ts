import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import { system } from '../../../../platform/inventory/index.ts'
import { defineJob, defineSchedule, enqueue } from '../../../../platform/jobs/index.ts'
import { mailAsLegal } from '../../gate/mail-as-legal.ts'
import type { SubjectSource } from '../../gate/subject-sources.ts'
import { businessDay } from '../business-day.ts'
import { registerSurroundings } from '../surroundings.ts'
import { objectionPath } from './objection-link.ts'
import type { StoredChange } from './ownership.tables.ts'
import { ownershipTranslator } from './ownership.words.ts'

const BATCH = 50

/** Tells everybody who waits, once each, some at a time. Goes on where a crash left it. */
export const tellOfChangeJob = defineJob({
  name: 'privacy.tell-of-ownership-change',
  payload: z.strictObject({ changeId: z.uuid() }),
  fields: { changeId: system },
  timeoutSeconds: 1800,
  concurrency: 1,
  run: async (context, { changeId }) => {
    while (await context.inWorkspace((tx) => tellSome(tx, changeId))) context.signal.throwIfAborted()
  },
})

async function tellSome(tx: WorkspaceTx, changeId: string): Promise<boolean> {
  const change = await tx.db
    .selectFrom('ownership_change')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', changeId)
    .forUpdate()
    .executeTakeFirst()
  if (change?.state !== 'telling') return false
  const waiting = await tx.db
    .selectFrom('ownership_notice')
    .select(['id', 'contact_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('change_id', '=', changeId)
    .where('notice', '=', 'waiting')
    .where('contact_id', 'is not', null)
    .orderBy('id')
    .limit(BATCH)
    .execute()
  for (const { id, contact_id } of waiting) if (contact_id !== null) await tellOne(tx, change, id, contact_id)
  if (waiting.length === BATCH) return true
  await tx.db
    .updateTable('ownership_change')
    .set({ state: 'told', version: change.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', changeId)
    .execute()
  await emit(tx, 'ownership_change.changed', { changeId, state: 'told' })
  return false
}

/** Writes to one person, as `legal`: who holds her data is hers to know, whatever offers she stopped. */
async function tellOne(tx: WorkspaceTx, change: StoredChange, noticeId: string, contactId: ContactId): Promise<void> {
  const told = await mailAsLegal(tx, {
    contactId,
    about: { type: 'ownership_change', id: change.id },
    automatic: false,
    letter: ({ contact, business, locale }) => {
      const t = ownershipTranslator(locale)
      const day = change.effective_on.toLocaleString(locale, { dateStyle: 'long' })
      const vars = { business: business.name, name: contact.name, successor: change.successor, day }
      return {
        subject: t('mail/subject', vars),
        paragraphs: [t('mail/hello', vars), t('mail/what', vars), change.note, t('mail/object', vars)],
        links: [{ words: t('mail/link'), href: `${registerSurroundings.get().publicUrl()}${objectionPath(tx, noticeId)}` }],
      }
    },
  })
  await tx.db
    .updateTable('ownership_notice')
    .set(told.mailId === null ? { notice: 'unreachable', tried_at: tx.now } : { notice: 'sent', mail_id: told.mailId, told_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', noticeId)
    .execute()
}

/** Once an hour: whoever came since the others were told, or has an address only now, is told too, as long as it has not happened. */
export const tellNewcomersJob = defineJob({
  name: 'privacy.tell-newcomers-of-ownership-change',
  payload: z.strictObject({}),
  fields: {},
  run: (context) => context.inWorkspace(tellNewcomers),
})

export const tellNewcomersSchedule = defineSchedule({
  name: 'privacy.tell-newcomers-of-ownership-change',
  cron: '37 * * * *',
  zone: 'UTC',
  job: tellNewcomersJob,
})

async function tellNewcomers(tx: WorkspaceTx): Promise<void> {
  const today = await businessDay(tx)
  const changes = await tx.db
    .selectFrom('ownership_change')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'told')
    .where('effective_on', '>', today)
    .forUpdate()
    .execute()
  for (const change of changes) {
    const { numAffectedRows: came } = await noteEverybody(tx, change.id)
    const { numAffectedRows: reachable } = await sql`
      update ownership_notice n set notice = 'waiting'
      where n.workspace_id = ${tx.workspaceId} and n.change_id = ${change.id} and n.notice = 'unreachable'
        and exists (
          select from contact_point p
          where p.workspace_id = n.workspace_id and p.contact_id = n.contact_id and p.kind = 'email' and p.created_at > n.tried_at)`.execute(
      tx.db,
    )
    if ((came ?? 0n) + (reachable ?? 0n) === 0n) continue
    await tx.db
      .updateTable('ownership_change')
      .set({ state: 'telling', version: change.version + 1 })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', change.id)
      .execute()
    await enqueue(tx, tellOfChangeJob, { changeId: change.id })
  }
}

/** Lists everybody who is there and not put away among those to be told, once each. */
export const noteEverybody = (tx: WorkspaceTx, changeId: string) =>
  sql`
    insert into ownership_notice (workspace_id, id, change_id, contact_id, notice, mail_id, told_at, objected_at, objection)
    select c.workspace_id, gen_random_uuid(), ${changeId}::uuid, c.id, 'waiting', null, null, null, null
    from contact c where c.workspace_id = ${tx.workspaceId} and c.merged_into is null and c.archived_at is null
    on conflict (workspace_id, change_id, contact_id) do nothing`.execute(tx.db)

/** Changes of ownership as the gate asks about them. */
export const ownershipSubjects: SubjectSource = {
  types: ['ownership_change'],
  async facts(tx, about, contactId) {
    const row = await tx.db
      .selectFrom('ownership_notice')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('change_id', '=', about.id)
      .where('contact_id', '=', contactId)
      .executeTakeFirst()
    return row ? { open: true, startedBy: 'us' } : null
  },
  newest: async () => null,
}
