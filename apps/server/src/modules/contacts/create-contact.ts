import type { ContactId, ContactSource, CreateContactBody, MemberId, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import { arrivalGuards, screenAfter, screenBefore } from './arrival-guards.ts'
import { contactsPolicy, seesOnlyOf } from './contacts.policy.ts'
import type { OwnValues } from './fields/field.tables.ts'
import { indexValues } from './fields/index-values.ts'
import { readValues, valuesAfter } from './fields/write-values.ts'
import { foldText, searchText } from './fold-text.ts'
import { homeCountry } from './home-country.ts'
import { companyNamed, setTags } from './name-things.ts'
import { addNote } from './notes/write-note.ts'
import { recordTimeline } from './record-timeline.ts'
import { requireMember } from './require-member.ts'
import { residenceKeeper } from './residence.ts'
import { addPoint, claimPoints, type NewPoint, readPoints, refreshSearchText } from './write-points.ts'

export type CreateContact = z.output<typeof CreateContactBody>

/**
 * Adds a contact as a member or an API key wrote it. Throws `contacts/point-taken`, `contacts/not-a-phone-number`, `http/invalid-request` for own fields that do not fit or
 * are missing, `privacy/unreadable-place` for where she lives, and for programs `privacy/erased-before`.
 */
export async function createContact(tx: WorkspaceTx, by: Principal, wish: CreateContact): Promise<ContactId> {
  contactsPolicy.require(by, 'contacts.write')
  const points = readPoints(wish.points, await homeCountry(tx))
  if (by.kind === 'api_key') for (const guard of arrivalGuards.all()) await guard.refuse(tx, points)
  const own = seesOnlyOf(by) // what a representative adds is hers, or she would lose sight of it
  const owner = own ?? wish.ownerMemberId ?? null
  if (owner !== null) await requireMember(tx, owner)
  const read = await readValues(tx, wish.fields ?? {}, { before: {}, whole: true })
  const ownValues = valuesAfter({}, read.changed)
  const contactId = await insertContact(tx, by, {
    name: wish.name,
    givenName: wish.givenName ?? null,
    familyName: wish.familyName ?? null,
    company: wish.company ?? null,
    companyRole: wish.companyRole ?? null,
    ownerMemberId: owner,
    locale: wish.locale ?? null,
    zone: wish.zone ?? null,
    source: by.kind === 'api_key' ? 'api' : 'member',
    points,
    ownValues,
  })
  if (read.fields.some(({ key, filter }) => filter !== 'off' && key in ownValues))
    await indexValues(tx, [{ id: contactId, own_values: ownValues }])
  await setTags(tx, contactId, wish.tags)
  if (wish.livesIn) await residenceKeeper.get().keep(tx, by, contactId, wish.livesIn)
  if (wish.note) await addNote(tx, by, { contactId, body: wish.note })
  return contactId
}

export type NewContact = {
  readonly name: string
  readonly givenName?: string | null
  readonly familyName?: string | null
  readonly company?: string | null
  readonly companyRole?: string | null
  readonly ownerMemberId?: MemberId | null
  readonly locale: string | null
  readonly zone: string | null
  readonly source: ContactSource
  readonly points: readonly NewPoint[]
  /** Read against its fields already. */
  readonly ownValues?: OwnValues
}

/** Writes a new contact with its points, its first timeline event and `contact.created`. Throws `contacts/point-taken`, and what a screen of arrivals refuses. */
export async function insertContact(tx: WorkspaceTx, by: Principal, contact: NewContact): Promise<ContactId> {
  await screenBefore(tx, contact.points)
  const id = tx.newId<'contact'>()
  await claimPoints(tx, id, contact.points)
  await tx.db
    .insertInto('contact')
    .values({
      workspace_id: tx.workspaceId,
      id,
      version: 1,
      name: contact.name,
      name_sort: foldText(contact.name),
      given_name: contact.givenName ?? null,
      family_name: contact.familyName ?? null,
      company_id: await companyNamed(tx, contact.company ?? null),
      company_role: contact.companyRole ?? null,
      owner_member_id: contact.ownerMemberId ?? null,
      locale: contact.locale,
      zone: contact.zone,
      source: contact.source,
      merged_into: null,
      own_values: JSON.stringify(contact.ownValues ?? {}),
      search_text: searchText(contact.name, null, []),
      last_activity_at: tx.now,
      last_dealing_at: tx.now,
      created_at: tx.now,
      updated_at: tx.now,
      archived_at: null,
    })
    .execute()
  for (const point of contact.points) await addPoint(tx, id, point)
  await refreshSearchText(tx, id)
  await recordTimeline(tx, {
    contactId: id,
    kind: 'contact.created',
    actor: by,
    subject: { type: 'contact', id },
    summary: { key: 'contact_created', values: { source: contact.source } },
  })
  await emit(tx, 'contact.created', { contactId: id })
  await screenAfter(tx, by, id, contact.points)
  return id
}
