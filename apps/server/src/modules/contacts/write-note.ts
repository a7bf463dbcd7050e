import type { ContactId, Note, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { newestFirst } from '../../platform/http/index.ts'
import { contactsPolicy } from './contacts.policy.ts'
import type { NoteRow } from './contacts.tables.ts'
import { loadContact } from './load-contact.ts'
import { lockContact } from './lock-contact.ts'
import { recordTimeline } from './record-timeline.ts'

type NotePlace = { readonly contactId: ContactId; readonly noteId: string }

/** Writes down something about a contact. Throws 404 for a contact that is not there. */
export async function addNote(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly body: string },
): Promise<Note> {
  contactsPolicy.require(by, 'contacts.write')
  await lockContact(tx, by, wish.contactId)
  const row = await tx.db
    .insertInto('note')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      contact_id: wish.contactId,
      body: wish.body,
      author_member_id: by.kind === 'member' ? by.memberId : null,
      created_at: tx.now,
      updated_at: tx.now,
      removed_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await told(tx, by, row, 'note.added')
  return presentNote(row)
}

/** Changes a note. Throws `http/version-mismatch` with the current text. */
export async function editNote(
  tx: WorkspaceTx,
  by: Principal,
  wish: NotePlace & { readonly body: string; readonly version: number },
): Promise<Note> {
  contactsPolicy.require(by, 'contacts.write')
  const note = await lockNote(tx, by, wish)
  if (note.version !== wish.version) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this note since you opened it. Nothing was saved; your text is still here.',
      current: presentNote(note),
    })
  }
  const row = await update(tx, wish, { body: wish.body, version: note.version + 1, updated_at: tx.now })
  await told(tx, by, row, 'note.changed')
  return presentNote(row)
}

/** Puts a note out of sight; `restoreNote` undoes it. */
export async function removeNote(tx: WorkspaceTx, by: Principal, place: NotePlace): Promise<Note> {
  contactsPolicy.require(by, 'contacts.write')
  const note = await lockNote(tx, by, place)
  if (note.removed_at !== null) return presentNote(note)
  const row = await update(tx, place, { removed_at: tx.now, version: note.version + 1 })
  await told(tx, by, row, 'note.removed')
  return presentNote(row)
}

/** Brings a removed note back. */
export async function restoreNote(tx: WorkspaceTx, by: Principal, place: NotePlace): Promise<Note> {
  contactsPolicy.require(by, 'contacts.write')
  const note = await lockNote(tx, by, place)
  if (note.removed_at === null) return presentNote(note)
  const row = await update(tx, place, { removed_at: null, version: note.version + 1 })
  await told(tx, by, row, 'note.restored')
  return presentNote(row)
}

/** One page of a contact's notes, newest first. */
export async function listNotes(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Note[]; next: string | null }> {
  contactsPolicy.require(by, 'contacts.read')
  const contact = await loadContact(tx, by, wish.contactId)
  const notes = tx.db
    .selectFrom('note')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contact.id)
    .where('removed_at', 'is', null)
  return newestFirst(notes, wish, presentNote)
}

async function lockNote(tx: WorkspaceTx, by: Principal, place: NotePlace): Promise<Selectable<NoteRow>> {
  await lockContact(tx, by, place.contactId)
  const note = await tx.db
    .selectFrom('note')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', place.contactId)
    .where('id', '=', place.noteId)
    .forUpdate()
    .executeTakeFirst()
  if (note) return note
  throw new Refusal('http/not-found', { detail: 'There is no such note about this contact.' })
}

const update = (tx: WorkspaceTx, place: NotePlace, change: Partial<Pick<NoteRow, 'body' | 'version' | 'updated_at' | 'removed_at'>>) =>
  tx.db
    .updateTable('note')
    .set(change)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', place.noteId)
    .returningAll()
    .executeTakeFirstOrThrow()

async function told(
  tx: WorkspaceTx,
  by: Principal,
  note: Selectable<NoteRow>,
  kind: 'note.added' | 'note.changed' | 'note.removed' | 'note.restored',
): Promise<void> {
  await recordTimeline(tx, {
    contactId: note.contact_id,
    kind,
    actor: by,
    subject: { type: 'note', id: note.id },
    summary: { key: kind.replace('.', '_'), values: {} },
  })
  await emit(tx, 'contact.changed', { contactId: note.contact_id })
}

const presentNote = (row: Selectable<NoteRow>): Note => ({
  id: row.id,
  version: row.version,
  contactId: row.contact_id,
  body: row.body,
  authorMemberId: row.author_member_id,
  createdAt: row.created_at.toString(),
  updatedAt: row.updated_at.toString(),
  removedAt: row.removed_at?.toString() ?? null,
})
