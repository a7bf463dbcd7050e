import type { ContactId, Principal } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { normalizeAddress } from '../../../platform/mail/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { homeCountry, loadContact, normalizePhone } from '../../contacts/index.ts'
import type { FlaggedContactRow } from '../geography/flag.tables.ts'
import { flagContact } from '../geography/flag-contact.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { receiveRequest } from '../requests/receive-request.ts'
import { regionOf } from '../requests/request.rules.ts'
import { askGuardian } from './guardian.ts'

/** A child's data is gone within 24 hours; the hour that the job and the erasure need is taken off. */
export const CHILD_DUE = { hours: 22 }

/** A member learned that a contact is a child without a parent's consent: not used from this moment on, and erased within a day. Throws 404. */
export async function reportChild(tx: WorkspaceTx, by: Principal, wish: { readonly contactId: ContactId }): Promise<void> {
  privacyPolicy.require(by, 'flags.raise')
  const { id: contactId } = await loadContact(tx, by, wish.contactId)
  await flagContact(tx, by, { contactId, reason: 'child', foundBy: 'member', dueAt: tx.now.add(CHILD_DUE) })
}

/** Whom a member asks, for a child that is here. */
export type AskForChild = { readonly contactId: ContactId; readonly name: string; readonly email: string }

/**
 * A member learned that a contact is a child, and knows the parent or guardian: she is asked by mail, the child's data are not used meanwhile, and erased where nobody agrees in time.
 * Throws 404, `http/not-allowed` where the business does not take this way, `privacy/guardian-is-child`, `privacy/refused`.
 */
export async function askForChild(tx: WorkspaceTx, by: Principal, wish: AskForChild): Promise<void> {
  privacyPolicy.require(by, 'flags.raise')
  const { id: childId, locale } = await loadContact(tx, by, wish.contactId)
  const asked = await askGuardian(tx, by, {
    name: wish.name,
    email: wish.email,
    locale: chooseLocale([...(locale === null ? [] : [locale]), (await workspaceFacts(tx)).locale]),
    childId,
  })
  if (!asked)
    throw new Refusal('privacy/guardian-is-child', {
      detail:
        'This address stands on the card of the child. Write the address of the parent or guardian alone. Nothing was sent and nothing was saved.',
    })
  if (!asked.written)
    throw new Refusal('privacy/refused', {
      detail: 'The parent or guardian may not be written to, so nobody was asked and nothing was saved. Her own card says why.',
    })
  await flagContact(tx, by, { contactId: childId, reason: 'child', foundBy: 'member', dueAt: asked.row.expires_at })
}

/** What somebody reports on the public page. */
export type ChildReport = {
  /** A mail address or number under which the child may be known. */
  readonly value: string
  readonly relation: NonNullable<FlaggedContactRow['relation']>
  readonly name: string
  readonly email: string
  readonly locale: string
}

/**
 * Takes a report from outside. Whoever has that address is not used from this moment on; a request of the parent's kind is opened, so that the officer is told and looks at who asks. Says
 * whether the address could be read, and nothing of what is known here.
 */
export async function reportChildPublicly(tx: WorkspaceTx, by: Principal, report: ChildReport): Promise<boolean> {
  const point = await pointOf(tx, report.value)
  if (!point) return false
  const holders = await tx.db
    .selectFrom('contact_point')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'contact_point.workspace_id').onRef('contact.id', '=', 'contact_point.contact_id'),
    )
    .select('contact.id')
    .where('contact_point.workspace_id', '=', tx.workspaceId)
    .where('contact_point.kind', '=', point.kind)
    .where('contact_point.value_normalized', '=', point.value)
    .where('contact.merged_into', 'is', null)
    .limit(20)
    .execute()
  // A family's number may be the parent's as well; of several the officer decides, and none is erased by a guess.
  const [only] = holders.length === 1 ? holders : []
  if (only) {
    await flagContact(tx, by, {
      contactId: only.id,
      reason: 'child',
      foundBy: 'report',
      relation: report.relation,
      dueAt: tx.now.add(CHILD_DUE),
    })
  }
  await receiveRequest(tx, by, {
    kind: 'erasure',
    receivedBy: 'portal',
    requesterName: report.name,
    requesterEmail: report.email,
    forWhom: 'child',
    region: regionOf((await workspaceFacts(tx)).country),
    details: report.value,
    locale: report.locale,
  })
  return true
}

async function pointOf(tx: WorkspaceTx, typed: string): Promise<{ kind: 'email' | 'phone'; value: string } | undefined> {
  const text = typed.trim()
  if (text.length > 254) return undefined
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return { kind: 'email', value: normalizeAddress(text) }
  const value = normalizePhone(text, await homeCountry(tx))
  return value === undefined ? undefined : { kind: 'phone', value }
}
