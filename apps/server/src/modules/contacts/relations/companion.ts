import type { ContactId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { insertContact } from '../create-contact.ts'
import { foldText } from '../fold-text.ts'
import { recordTimeline } from '../record-timeline.ts'

/** What somebody is to the one who speaks for her. */
export type Companionship = 'child' | 'parent' | 'partner' | 'relative' | 'friend' | 'colleague'
/** Somebody for whom another one acts: a name and what they are to each other, and nothing more. */
export type Companion = { readonly name: string; readonly is: Companionship }

/**
 * The person of this name whom somebody speaks for, or a new one who is related to her. Only the name is kept: no address of its own means that nobody writes to a child. Her name alone
 * never finds a stranger: only who is related already is found again.
 */
export async function findOrCreateCompanion(
  tx: WorkspaceTx,
  by: Principal,
  speaker: ContactId,
  { name, is }: Companion,
): Promise<ContactId> {
  const known = await tx.db
    .selectFrom('contact_relation')
    .innerJoin('contact', (join) =>
      join
        .onRef('contact.workspace_id', '=', 'contact_relation.workspace_id')
        .on((on) =>
          on.or([
            on.and([on.eb('contact_relation.contact_id', '=', speaker), on.eb('contact.id', '=', on.ref('contact_relation.other_id'))]),
            on.and([on.eb('contact_relation.other_id', '=', speaker), on.eb('contact.id', '=', on.ref('contact_relation.contact_id'))]),
          ]),
        ),
    )
    .select('contact.id')
    .where('contact_relation.workspace_id', '=', tx.workspaceId)
    .where('contact_relation.removed_at', 'is', null)
    .where('contact.name_sort', '=', foldText(name))
    .where('contact.merged_into', 'is', null)
    .where('contact.id', '<>', speaker)
    .orderBy('contact.id')
    .limit(1)
    .executeTakeFirst()
  if (known) return known.id
  const companion = await insertContact(tx, by, { name, locale: null, zone: null, source: 'booking', points: [] })
  const [contactId, otherId] = is === 'parent' ? [companion, speaker] : [speaker, companion]
  await tx.db
    .insertInto('contact_relation')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      contact_id: contactId,
      other_id: otherId,
      kind: is === 'child' ? 'parent' : is,
      words: null,
      words_back: null,
      created_at: tx.now,
      updated_at: tx.now,
      removed_at: null,
    })
    .execute()
  for (const id of [speaker, companion]) {
    await recordTimeline(tx, { contactId: id, kind: 'relation.added', actor: by, summary: { key: 'relation_added', values: {} } })
    await emit(tx, 'contact.changed', { contactId: id })
  }
  return companion
}
