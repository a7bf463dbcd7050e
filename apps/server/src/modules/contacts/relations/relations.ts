import type { AddRelationBody, ContactId, EditRelationBody, Principal, Relation } from '@frontdesk/contract'
import { mutualRelations } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { contactsPolicy, seesOnlyOf } from '../contacts.policy.ts'
import { foldText } from '../fold-text.ts'
import { loadContact } from '../load-contact.ts'
import { lockContact } from '../lock-contact.ts'
import { recordTimeline } from '../record-timeline.ts'
import type { ContactRelationRow } from './relation.tables.ts'

type Row = Selectable<ContactRelationRow>
type Place = { readonly contactId: ContactId; readonly relationId: string }
type Wording = z.output<typeof EditRelationBody>
type Saying = Pick<Row, 'contact_id' | 'other_id' | 'kind' | 'words' | 'words_back'>

/** So many relations of one contact; beyond them a list says it better. */
const MOST = 200

/** Who a contact is related to, in both directions, as far as the principal may know of them. Throws 404. */
export async function listRelations(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<Relation[]> {
  contactsPolicy.require(by, 'contacts.read')
  const contact = await loadContact(tx, by, contactId)
  const rows = await related(tx, contact.id)
    .where('removed_at', 'is', null)
    .limit(MOST * 2)
    .execute()
  return present(tx, by, contact.id, rows)
}

/** Says how two contacts are related. Throws 404 for either of them, `contacts/already-related`, and 409 for a contact and itself. */
export async function addRelation(
  tx: WorkspaceTx,
  by: Principal,
  wish: z.output<typeof AddRelationBody> & { readonly contactId: ContactId },
): Promise<Relation> {
  contactsPolicy.require(by, 'contacts.write')
  const { contactId, otherId } = wish
  if (contactId === otherId)
    throw new Refusal('http/conflict', { detail: 'Nobody is related to herself. Choose another contact. Nothing was saved.' })
  await lockBoth(tx, by, contactId, otherId)
  const saying = sayingOf(wish, contactId, otherId)
  const rows = await related(tx, contactId).where('removed_at', 'is', null).execute()
  refuseTwice(rows, saying)
  if (rows.length >= MOST)
    throw new Refusal('http/conflict', {
      detail: `A contact has at most ${MOST} relations. Use a list or a tag for larger groups. Nothing was saved.`,
    })
  const row = await tx.db
    .insertInto('contact_relation')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      ...saying,
      created_at: tx.now,
      updated_at: tx.now,
      removed_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await told(tx, by, row, 'relation.added')
  return presentOne(tx, by, contactId, row)
}

/** Changes what two contacts are to each other. Throws 404, `http/version-mismatch` with the current relation, and `contacts/already-related`. */
export async function editRelation(
  tx: WorkspaceTx,
  by: Principal,
  wish: Wording & Place & { readonly version: number },
): Promise<Relation> {
  const row = await lockRelation(tx, by, wish)
  if (row.removed_at !== null) throw noSuchRelation()
  if (row.version !== wish.version)
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this relation since you opened it. Nothing was saved.',
      current: await presentOne(tx, by, wish.contactId, row),
    })
  const saying = sayingOf(wish, wish.contactId, otherOf(row, wish.contactId))
  if (sameSaying(row, saying)) return presentOne(tx, by, wish.contactId, row)
  const others = await related(tx, wish.contactId).where('removed_at', 'is', null).where('id', '<>', row.id).execute()
  refuseTwice(others, saying)
  const changed = await update(tx, row, { ...saying, updated_at: tx.now })
  await told(tx, by, changed, 'relation.changed')
  return presentOne(tx, by, wish.contactId, changed)
}

/** Puts a relation out of sight, or brings it back. Throws 404, and `contacts/already-related` where the same was said again meanwhile. */
export async function removeRelation(
  tx: WorkspaceTx,
  by: Principal,
  { removed, ...place }: Place & { readonly removed: boolean },
): Promise<Relation> {
  const row = await lockRelation(tx, by, place)
  if ((row.removed_at !== null) === removed) return presentOne(tx, by, place.contactId, row)
  if (!removed) refuseTwice(await related(tx, place.contactId).where('removed_at', 'is', null).execute(), row)
  const changed = await update(tx, row, { removed_at: removed ? tx.now : null })
  await told(tx, by, changed, removed ? 'relation.removed' : 'relation.restored')
  return presentOne(tx, by, place.contactId, changed)
}

/** What is said about a contact, by her or by others; what became of two who were merged is said about nobody. */
const related = (tx: WorkspaceTx, contactId: ContactId) =>
  tx.db
    .selectFrom('contact_relation')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where(({ eb, or }) => or([eb('contact_id', '=', contactId), eb('other_id', '=', contactId)]))
    .whereRef('contact_id', '<>', 'other_id')
    .orderBy('id')

const otherOf = (row: Pick<Row, 'contact_id' | 'other_id'>, contactId: ContactId): ContactId =>
  row.contact_id === contactId ? row.other_id : row.contact_id

/** What is wished, said from the first to the second. */
function sayingOf({ kind, forward, words, wordsBack }: Wording, contactId: ContactId, otherId: ContactId): Saying {
  const here = words ?? null
  const there = wordsBack ?? null
  return forward
    ? { contact_id: contactId, other_id: otherId, kind, words: here, words_back: there }
    : { contact_id: otherId, other_id: contactId, kind, words: there, words_back: here }
}

const sameSaying = (one: Saying, other: Saying): boolean =>
  one.contact_id === other.contact_id &&
  one.other_id === other.other_id &&
  one.kind === other.kind &&
  one.words === other.words &&
  one.words_back === other.words_back

/** Throws where the same is said of the same two already, from whichever side. */
function refuseTwice(rows: readonly Saying[], saying: Saying): void {
  const folded = (text: string | null) => foldText(text ?? '')
  const twice = rows.some((row) => {
    if (row.kind !== saying.kind) return false
    const straight = row.contact_id === saying.contact_id && row.other_id === saying.other_id
    const turned = row.contact_id === saying.other_id && row.other_id === saying.contact_id
    const [words, back] = straight ? [row.words, row.words_back] : [row.words_back, row.words]
    if (saying.kind === 'own')
      return (straight || turned) && folded(words) === folded(saying.words) && folded(back) === folded(saying.words_back)
    return straight || (turned && mutualRelations.has(saying.kind))
  })
  if (twice)
    throw new Refusal('contacts/already-related', {
      detail: 'This is said of these two already. Change that line instead. Nothing was saved.',
    })
}

/** Holds both, in one order, so that two who relate the same two never wait for each other. */
async function lockBoth(tx: WorkspaceTx, by: Principal, one: ContactId, other: ContactId): Promise<void> {
  for (const id of [one, other].toSorted()) await lockContact(tx, by, id)
}

async function lockRelation(tx: WorkspaceTx, by: Principal, { contactId, relationId }: Place): Promise<Row> {
  contactsPolicy.require(by, 'contacts.write')
  await loadContact(tx, by, contactId) // 404 for a contact that this principal may not know of
  const row = await related(tx, contactId).where('id', '=', relationId).executeTakeFirst()
  if (!row) throw noSuchRelation()
  await lockBoth(tx, by, row.contact_id, row.other_id)
  const held = await related(tx, contactId).where('id', '=', relationId).forUpdate().executeTakeFirst()
  if (!held) throw noSuchRelation()
  return held
}

const noSuchRelation = () => new Refusal('http/not-found', { detail: 'There is no such relation of this contact.' })

const update = (tx: WorkspaceTx, row: Row, change: Partial<Saying & Pick<Row, 'updated_at' | 'removed_at'>>): Promise<Row> =>
  tx.db
    .updateTable('contact_relation')
    .set({ ...change, version: row.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** Both of them have it on their timelines. */
async function told(
  tx: WorkspaceTx,
  by: Principal,
  row: Row,
  kind: 'relation.added' | 'relation.changed' | 'relation.removed' | 'relation.restored',
): Promise<void> {
  for (const contactId of [row.contact_id, row.other_id]) {
    await recordTimeline(tx, {
      contactId,
      kind,
      actor: by,
      // Nothing of the other one stands here, not even an id: it would outlive her erasure.
      summary: { key: kind.replace('.', '_'), values: {} },
    })
    await emit(tx, 'contact.changed', { contactId })
  }
}

async function presentOne(tx: WorkspaceTx, by: Principal, contactId: ContactId, row: Row): Promise<Relation> {
  const [relation] = await present(tx, by, contactId, [row])
  if (!relation) throw noSuchRelation()
  return relation
}

/** Relations as seen from one page; those to somebody whom the principal may not know of are left out. */
async function present(tx: WorkspaceTx, by: Principal, contactId: ContactId, rows: readonly Row[]): Promise<Relation[]> {
  if (rows.length === 0) return []
  const owner = seesOnlyOf(by)
  const others = await tx.db
    .selectFrom('contact')
    .select(['id', 'name', 'archived_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'id',
      'in',
      rows.map((row) => otherOf(row, contactId)),
    )
    .$if(owner !== null, (query) => query.where('owner_member_id', '=', owner))
    .execute()
  const byId = new Map(others.map((other) => [other.id, other]))
  return rows.flatMap((row) => {
    const other = byId.get(otherOf(row, contactId))
    if (!other) return []
    const forward = row.contact_id === contactId
    return [
      {
        id: row.id,
        version: row.version,
        contactId,
        other: { id: other.id, name: other.name, archivedAt: other.archived_at?.toString() ?? null },
        kind: row.kind,
        forward,
        words: forward ? row.words : row.words_back,
        wordsBack: forward ? row.words_back : row.words,
        createdAt: row.created_at.toString(),
        removedAt: row.removed_at?.toString() ?? null,
      },
    ]
  })
}
