import type { ContactId, EditContactBody, MemberId, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { arrivalGuards, screenAfter, screenBefore } from './arrival-guards.ts'
import { contactsPolicy, seesOnlyOf } from './contacts.policy.ts'
import { indexValues } from './fields/index-values.ts'
import { readValues, valuesAfter } from './fields/write-values.ts'
import { foldText } from './fold-text.ts'
import { changesBetween, recordChanges } from './history/record-changes.ts'
import { refuseOverwriting } from './history/refuse-overwriting.ts'
import { valuesNow, valuesWished } from './history/values-of.ts'
import { homeCountry } from './home-country.ts'
import { lockContact } from './lock-contact.ts'
import { companyNamed, setTags } from './name-things.ts'
import { recordTimeline } from './record-timeline.ts'
import { requireMember } from './require-member.ts'
import { residenceKeeper } from './residence.ts'
import { pointsNotYetOf, readPoints, refreshSearchText, replacePoints } from './write-points.ts'

export type EditContact = z.output<typeof EditContactBody> & {
  readonly contactId: ContactId
  /** The version that was read. */
  readonly version: number
  /** It brings earlier values back. */
  readonly restored?: boolean
  /** She had it corrected: the history does not keep what was wrong. */
  readonly forget?: boolean
}

/**
 * Changes what is sent of a contact and nothing else; what others changed since the version that was read stays, where it is about something else. What is the same
 * already changes nothing. An address or number that she did not have before is screened as one of somebody new.
 * Throws `http/version-mismatch` with the current values and what was met, `contacts/point-taken`, `http/invalid-request` for own fields, what a screen of arrivals refuses,
 * `privacy/unreadable-place` for where she lives, and for programs `privacy/erased-before`.
 */
export async function editContact(tx: WorkspaceTx, by: Principal, wish: EditContact): Promise<void> {
  contactsPolicy.require(by, 'contacts.write')
  const contact = await lockContact(tx, by, wish.contactId)
  const own = await readValues(tx, wish.fields ?? {}, { before: contact.own_values, whole: false })
  const points = wish.points && readPoints(wish.points, await homeCountry(tx))
  const before = await valuesNow(tx, contact, wish)
  const changes = changesBetween(before, valuesWished({ ...wish, points, own: own.changed }, before))
  await refuseOverwriting(tx, by, {
    contactId: contact.id,
    read: wish.version,
    current: contact.version,
    fields: changes.map(({ field }) => field),
  })
  if (wish.livesIn) await residenceKeeper.get().keep(tx, by, contact.id, wish.livesIn)
  if (changes.length === 0) return
  await requireHandOver(tx, by, contact.owner_member_id, wish.ownerMemberId)
  const arriving = points ? await pointsNotYetOf(tx, contact.id, points) : []
  if (by.kind === 'api_key') for (const guard of arrivalGuards.all()) await guard.refuse(tx, arriving)
  await screenBefore(tx, arriving)

  const version = contact.version + 1
  const { name, givenName, familyName, locale, zone, company, companyRole, ownerMemberId } = wish
  const values = valuesAfter(contact.own_values, own.changed)
  await tx.db
    .updateTable('contact')
    .set({
      version,
      updated_at: tx.now,
      ...(name === undefined ? {} : { name, name_sort: foldText(name) }),
      ...(givenName === undefined ? {} : { given_name: givenName }),
      ...(familyName === undefined ? {} : { family_name: familyName }),
      ...(locale === undefined ? {} : { locale }),
      ...(zone === undefined ? {} : { zone }),
      ...(ownerMemberId === undefined ? {} : { owner_member_id: ownerMemberId }),
      ...(company === undefined ? {} : { company_id: await companyNamed(tx, company) }),
      ...(companyRole === undefined ? {} : { company_role: companyRole }),
      ...(Object.keys(own.changed).length === 0 ? {} : { own_values: JSON.stringify(values) }),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', contact.id)
    .execute()
  if (own.fields.some(({ key, filter }) => filter !== 'off' && key in own.changed))
    await indexValues(tx, [{ id: contact.id, own_values: values }])
  if (points) await replacePoints(tx, contact.id, points)
  if (wish.tags) await setTags(tx, contact.id, wish.tags)
  await refreshSearchText(tx, contact.id)

  const { restored = false, forget = false } = wish
  await recordChanges(tx, by, { contactId: contact.id, version, changes, restored, forget })
  await recordTimeline(tx, {
    contactId: contact.id,
    kind: 'contact.changed',
    actor: by,
    subject: { type: 'contact', id: contact.id },
    summary: { key: 'contact_changed', values: { fields: changes.map(({ field }) => field).join(' ') } },
  })
  await emit(tx, 'contact.changed', { contactId: contact.id })
  await screenAfter(tx, by, contact.id, arriving)
}

/** Throws for somebody who may not hand a contact over, or to whom nobody can. */
async function requireHandOver(tx: WorkspaceTx, by: Principal, owner: MemberId | null, next: MemberId | null | undefined): Promise<void> {
  if (next === undefined || next === owner) return
  if (seesOnlyOf(by) !== null)
    throw new Refusal('http/not-allowed', { detail: 'Only the team’s leads hand a contact to somebody else. Nothing was saved.' })
  if (next !== null) await requireMember(tx, next)
}
