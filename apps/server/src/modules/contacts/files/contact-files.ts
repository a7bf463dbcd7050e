import type { ContactFile, ContactFileId, ContactId, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { recordFile, type StoredFile } from '../../../platform/files/index.ts'
import { type FileAnswer, pageFrom, readCursor } from '../../../platform/http/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import { loadContact } from '../load-contact.ts'
import { lockContact } from '../lock-contact.ts'
import { recordTimeline } from '../record-timeline.ts'
import type { ContactFileRow } from './contact-file.tables.ts'

type FilePlace = { readonly contactId: ContactId; readonly contactFileId: ContactFileId }
type Row = Selectable<ContactFileRow> & { readonly media_type: string; readonly size: number }

/** Puts a file that was stored on a contact's card. It is about her, so it goes with her. Throws 404 for a contact that is not there. */
export async function addContactFile(
  tx: WorkspaceTx,
  by: Principal,
  { contactId, file }: { readonly contactId: ContactId; readonly file: StoredFile },
): Promise<ContactFile> {
  contactsPolicy.require(by, 'contacts.write')
  const contact = await lockContact(tx, by, contactId)
  await recordFile(tx, { ...file, subjects: [{ contactId: contact.id }] })
  const id = tx.newId<'contact_file'>()
  await tx.db
    .insertInto('contact_file')
    .values({
      workspace_id: tx.workspaceId,
      id,
      contact_id: contact.id,
      file_id: file.id,
      name: file.name ?? 'file',
      added_by_member_id: by.kind === 'member' ? by.memberId : null,
      created_at: tx.now,
      removed_at: null,
    })
    .execute()
  return told(tx, by, await rowOf(tx, { contactId: contact.id, contactFileId: id }), 'file.added')
}

/** One page of the files on a contact's card, newest first. */
export async function listContactFiles(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: ContactFile[]; next: string | null }> {
  contactsPolicy.require(by, 'contacts.read')
  const contact = await loadContact(tx, by, wish.contactId)
  const before = readCursor(wish.cursor, [z.uuid()])
  let query = filesOf(tx, contact.id)
    .where('contact_file.removed_at', 'is', null)
    .orderBy('contact_file.id', 'desc')
    .limit(wish.limit + 1)
  if (before) query = query.where('contact_file.id', '<', before[0] as ContactFileId)
  return pageFrom(await query.execute(), wish.limit, presentFile, ({ id }) => [id])
}

/** The file behind it, to be saved; that it was taken is recorded. Throws 404, also once it was taken off the card. */
export async function openContactFile(tx: WorkspaceTx, by: Principal, place: FilePlace): Promise<FileAnswer> {
  contactsPolicy.require(by, 'contacts.read')
  const contact = await loadContact(tx, by, place.contactId)
  const row = await rowOf(tx, { ...place, contactId: contact.id })
  if (row.removed_at !== null) throw noSuchFile()
  await audit(tx, by, { action: 'contact_file.downloaded', object: { type: 'contact_file', id: row.id }, result: 'done' })
  return { workspaceId: tx.workspaceId, id: row.file_id, size: Number(row.size), name: row.name, mediaType: row.media_type }
}

/** Takes a file off the card, or brings it back as long as it is kept. Doing it again changes nothing. Throws 404. */
export async function removeContactFile(tx: WorkspaceTx, by: Principal, place: FilePlace, away: boolean): Promise<ContactFile> {
  contactsPolicy.require(by, 'contacts.write')
  await lockContact(tx, by, place.contactId)
  const row = await rowOf(tx, place)
  if ((row.removed_at !== null) === away) return presentFile(row)
  const removed_at = away ? tx.now : null
  await tx.db.updateTable('contact_file').set({ removed_at }).where('workspace_id', '=', tx.workspaceId).where('id', '=', row.id).execute()
  return told(tx, by, { ...row, removed_at }, away ? 'file.removed' : 'file.restored')
}

const filesOf = (tx: WorkspaceTx, contactId: ContactId) =>
  tx.db
    .selectFrom('contact_file')
    .innerJoin('file', (join) =>
      join.onRef('file.workspace_id', '=', 'contact_file.workspace_id').onRef('file.id', '=', 'contact_file.file_id'),
    )
    .selectAll('contact_file')
    .select(['file.media_type', 'file.size'])
    .where('contact_file.workspace_id', '=', tx.workspaceId)
    .where('contact_file.contact_id', '=', contactId)

async function rowOf(tx: WorkspaceTx, { contactId, contactFileId }: FilePlace): Promise<Row> {
  const row = await filesOf(tx, contactId).where('contact_file.id', '=', contactFileId).executeTakeFirst()
  if (!row) throw noSuchFile()
  return row
}

async function told(tx: WorkspaceTx, by: Principal, row: Row, kind: 'file.added' | 'file.removed' | 'file.restored'): Promise<ContactFile> {
  await recordTimeline(tx, {
    contactId: row.contact_id,
    kind,
    actor: by,
    subject: { type: 'contact_file', id: row.id },
    summary: { key: kind.replace('.', '_'), values: { note: row.name } },
  })
  await emit(tx, 'contact.changed', { contactId: row.contact_id })
  return presentFile(row)
}

const presentFile = (row: Row): ContactFile => ({
  id: row.id,
  contactId: row.contact_id,
  name: row.name,
  mediaType: row.media_type,
  size: Number(row.size),
  addedByMemberId: row.added_by_member_id,
  createdAt: row.created_at.toString(),
  removedAt: row.removed_at?.toString() ?? null,
})

const noSuchFile = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such file on this card, or it was erased.' })
