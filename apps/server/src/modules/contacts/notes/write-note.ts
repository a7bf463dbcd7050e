import type { ContactId, MemberId, Note, NoteAudience, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { newestFirst } from '../../../platform/http/index.ts'
import { leads } from '../../../platform/policy/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import type { NoteRow } from '../contacts.tables.ts'
import { loadContact } from '../load-contact.ts'
import { lockContact } from '../lock-contact.ts'
import { recordTimeline } from '../record-timeline.ts'
import { mentionedIn, mentionsOf, setMentions } from './mention-members.ts'
import { seenNotes } from './seen-notes.ts'

type NotePlace = { readonly contactId: ContactId; readonly noteId: string }

/** What a note says, to whom it shows, and who is mentioned in it. */
export type NoteWish = {
  readonly body: string
  readonly audience?: NoteAudience | undefined
  readonly mentions?: readonly MemberId[] | undefined
}

/**
 * Writes down something about a contact, and tells whoever is mentioned in it. Throws 404 for a contact that is not there, `contacts/member-cannot-see` for somebody mentioned who does not see
 * the contact or the note, and `http/not-allowed` for a program that would write what it could not read.
 */
export async function addNote(tx: WorkspaceTx, by: Principal, wish: NoteWish & { readonly contactId: ContactId }): Promise<Note> {
  contactsPolicy.require(by, 'contacts.write')
  await lockContact(tx, by, wish.contactId)
  const audience = wish.audience ?? 'everybody'
  if (audience !== 'everybody' && by.kind !== 'member' && by.kind !== 'system') throw onlyMembers()
  const row = await tx.db
    .insertInto('note')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      contact_id: wish.contactId,
      body: wish.body,
      audience,
      author_member_id: by.kind === 'member' ? by.memberId : null,
      created_at: tx.now,
      updated_at: tx.now,
      removed_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await setMentions(tx, by, row, wish.mentions ?? [])
  await told(tx, by, row, 'note.added')
  return present(tx, row)
}

/**
 * Changes a note; to whom it shows is its author's to say, and between everybody and those who lead the team also theirs. Throws `http/version-mismatch` with the current text,
 * `contacts/member-cannot-see` and `http/not-allowed`.
 */
export async function editNote(tx: WorkspaceTx, by: Principal, wish: NotePlace & NoteWish & { readonly version: number }): Promise<Note> {
  contactsPolicy.require(by, 'contacts.write')
  const note = await lockNote(tx, by, wish)
  if (note.version !== wish.version) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this note since you opened it. Nothing was saved; your text is still here.',
      current: await present(tx, note),
    })
  }
  const audience = wish.audience ?? note.audience
  if (audience !== note.audience) requireMayShow(by, note, audience)
  const row = await update(tx, wish, { body: wish.body, audience, version: note.version + 1, updated_at: tx.now })
  await setMentions(tx, by, row, wish.mentions)
  await told(tx, by, row, 'note.changed')
  return present(tx, row)
}

/** Puts a note out of sight; `restoreNote` undoes it. */
export async function removeNote(tx: WorkspaceTx, by: Principal, place: NotePlace): Promise<Note> {
  contactsPolicy.require(by, 'contacts.write')
  const note = await lockNote(tx, by, place)
  if (note.removed_at !== null) return present(tx, note)
  const row = await update(tx, place, { removed_at: tx.now, version: note.version + 1 })
  await told(tx, by, row, 'note.removed')
  return present(tx, row)
}

/** Brings a removed note back. */
export async function restoreNote(tx: WorkspaceTx, by: Principal, place: NotePlace): Promise<Note> {
  contactsPolicy.require(by, 'contacts.write')
  const note = await lockNote(tx, by, place)
  if (note.removed_at === null) return present(tx, note)
  const row = await update(tx, place, { removed_at: null, version: note.version + 1 })
  await told(tx, by, row, 'note.restored')
  return present(tx, row)
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
    .where(seenNotes(by, 'note'))
  const page = await newestFirst(notes, wish, (row) => row)
  const mentions = await mentionedIn(
    tx,
    page.items.map(({ id }) => id),
  )
  return { items: page.items.map((row) => presentNote(row, mentions.get(row.id) ?? [])), next: page.next }
}

async function lockNote(tx: WorkspaceTx, by: Principal, place: NotePlace): Promise<Selectable<NoteRow>> {
  await lockContact(tx, by, place.contactId)
  const note = await tx.db
    .selectFrom('note')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', place.contactId)
    .where('id', '=', place.noteId)
    // A note that one does not see is none.
    .where(seenNotes(by, 'note'))
    .forUpdate()
    .executeTakeFirst()
  if (note) return note
  throw new Refusal('http/not-found', { detail: 'There is no such note about this contact.' })
}

/** Nobody hides what another one wrote from everybody else, and nobody opens what another one kept to herself. */
function requireMayShow(by: Principal, note: Selectable<NoteRow>, audience: NoteAudience): void {
  if (by.kind === 'system') return
  if (by.kind !== 'member') throw onlyMembers()
  if (note.author_member_id === by.memberId) return
  if (audience !== 'author' && leads.some((role) => role === by.role)) return
  throw new Refusal('http/not-allowed', { detail: 'Whoever wrote a note says who sees it. Nothing was saved.' })
}

const onlyMembers = (): Refusal =>
  new Refusal('http/not-allowed', { detail: 'Programs write notes that everybody sees. Nothing was saved.' })

const update = (
  tx: WorkspaceTx,
  place: NotePlace,
  change: Partial<Pick<Selectable<NoteRow>, 'body' | 'audience' | 'version' | 'updated_at' | 'removed_at'>>,
) =>
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
    // Once the note is gone, its events still know for whom it was.
    summary: { key: kind.replace('.', '_'), values: note.audience === 'everybody' ? {} : { audience: note.audience } },
  })
  await emit(tx, 'contact.changed', { contactId: note.contact_id })
}

const present = async (tx: WorkspaceTx, row: Selectable<NoteRow>): Promise<Note> => presentNote(row, await mentionsOf(tx, row.id))

const presentNote = (row: Selectable<NoteRow>, mentions: readonly MemberId[]): Note => ({
  id: row.id,
  version: row.version,
  contactId: row.contact_id,
  body: row.body,
  audience: row.audience,
  mentions: [...mentions],
  authorMemberId: row.author_member_id,
  createdAt: row.created_at.toString(),
  updatedAt: row.updated_at.toString(),
  removedAt: row.removed_at?.toString() ?? null,
})
