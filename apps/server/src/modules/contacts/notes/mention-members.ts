import type { ContactId, MemberId, NoteAudience, Principal } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { mailMember } from '../../../platform/mail/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { contactSurroundings } from '../surroundings.ts'
import { type Colleague, whoSees } from '../tasks/member-sees.ts'
import { mentionWords } from './mention.words.ts'
import { roleSeesNote } from './seen-notes.ts'

type NoteFacts = {
  readonly id: string
  readonly contact_id: ContactId
  readonly audience: NoteAudience
  readonly author_member_id: MemberId | null
}

/** Who is mentioned in a note, in the order in which it happened. */
export const mentionsOf = async (tx: WorkspaceTx, noteId: string): Promise<readonly MemberId[]> =>
  (await mentionedIn(tx, [noteId])).get(noteId) ?? []

/** The same for many notes. */
export async function mentionedIn(tx: WorkspaceTx, noteIds: readonly string[]): Promise<ReadonlyMap<string, readonly MemberId[]>> {
  if (noteIds.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('note_mention')
    .select(['note_id', 'member_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('note_id', 'in', noteIds)
    .orderBy('id')
    .execute()
  return new Map([...Map.groupBy(rows, ({ note_id }) => note_id)].map(([id, own]) => [id, own.map(({ member_id }) => member_id)]))
}

/**
 * Says who is mentioned in a note: those who are named, or those who were before and still see it. Whoever is new among them hears of it. Throws `contacts/member-cannot-see` for somebody who does not see
 * the contact or this note.
 */
export async function setMentions(tx: WorkspaceTx, by: Principal, note: NoteFacts, wish: readonly MemberId[] | undefined): Promise<void> {
  const before = await mentionsOf(tx, note.id)
  const wanted = [...new Set(wish ?? before)]
  if (wanted.length === 0 && before.length === 0) return
  const seeing = new Map(
    (await whoSees(tx, note.contact_id, wanted, 'contacts.read')).filter(seesIt(note)).map((member) => [member.id, member]),
  )
  // Who was mentioned long ago and sees it no more makes nobody's edit fail.
  const blind = wanted.find((id) => !seeing.has(id) && !before.includes(id))
  if (blind !== undefined) throw await cannotSee(tx, blind)
  const after = wanted.filter((id) => seeing.has(id))
  const gone = before.filter((id) => !after.includes(id))
  if (gone.length > 0)
    await tx.db
      .deleteFrom('note_mention')
      .where('workspace_id', '=', tx.workspaceId)
      .where('note_id', '=', note.id)
      .where('member_id', 'in', gone)
      .execute()
  const added = after.filter((id) => !before.includes(id))
  if (added.length === 0) return
  await tx.db
    .insertInto('note_mention')
    .values(added.map((id) => ({ workspace_id: tx.workspaceId, id: tx.newId(), note_id: note.id, member_id: id, created_at: tx.now })))
    .execute()
  const self = by.kind === 'member' ? by.memberId : null
  for (const id of added) {
    const member = seeing.get(id)
    if (member && id !== self) await mailMention(tx, by, note, member)
  }
}

const seesIt =
  (note: NoteFacts) =>
  ({ id, role }: Colleague): boolean =>
    id === note.author_member_id || roleSeesNote(note.audience, role)

/** The mail says where, not what: mails are read in other places than notes. */
async function mailMention(tx: WorkspaceTx, by: Principal, note: NoteFacts, member: Colleague): Promise<void> {
  const business = await workspaceFacts(tx)
  const t = translator(mentionWords, business.locale)
  const { name } = await tx.db
    .selectFrom('contact')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', note.contact_id)
    .executeTakeFirstOrThrow()
  const who = await nameOf(tx, by)
  await mailMember(tx, {
    memberId: member.id,
    news: 'mentions',
    aboutContactId: note.contact_id,
    to: { name: member.name, address: member.email },
    subject: t('subject', { name }),
    text: [
      who === null ? t('somebody', { name }) : t('what', { who, name }),
      `${t('open')}\n${contactSurroundings.get().publicUrl()}/w/${business.slug}/contacts/${note.contact_id}?tab=notes`,
    ].join('\n\n'),
    automatic: true,
  })
}

async function nameOf(tx: WorkspaceTx, by: Principal): Promise<string | null> {
  if (by.kind !== 'member') return null
  const row = await tx.db
    .selectFrom('member')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', by.memberId)
    .executeTakeFirst()
  return row?.name ?? null
}

async function cannotSee(tx: WorkspaceTx, memberId: MemberId): Promise<Refusal> {
  const member = await tx.db
    .selectFrom('member')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', memberId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!member)
    return new Refusal('http/invalid-request', {
      detail: 'mentions: nobody of that id works here. Choose one of the members. Nothing was saved.',
      faults: [{ path: 'body.mentions', code: 'unknown_member', message: 'Choose one of the members.' }],
    })
  return new Refusal('contacts/member-cannot-see', {
    detail: `${member.name} does not see this contact, or notes of this kind. Leave the name out, or let more people see the note. Nothing was saved.`,
    memberId,
  })
}
