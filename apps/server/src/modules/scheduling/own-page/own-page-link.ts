import type { ContactId, Principal, WorkspaceId } from '@frontdesk/contract'
import type { Database, WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type ContactFacts, contactFacts } from '../../contacts/index.ts'

const purpose = 'own-bookings'
/** Long enough for the next appointment; then she asks for a new one. */
export const ownLinkDays = 90

/** The path of a customer's own page with all her appointments. Opening it changes nothing. */
export function ownPagePath(tx: WorkspaceTx, contactId: ContactId): string {
  const link = {
    purpose,
    workspaceId: tx.workspaceId,
    subjectId: contactId,
    expiresAt: tx.now.add({ hours: 24 * ownLinkDays }),
    allows: [],
  }
  return `/me/${tx.keys.signLink(link, tx.now)}`
}

/** Who stands behind such a link. */
export type OwnPageBearer = {
  readonly workspaceId: WorkspaceId
  readonly by: Principal & { kind: 'contact_link' }
  readonly until: Temporal.Instant
}

/** Checks a link from outside. Throws `scheduling/link-invalid`. */
export function openOwnLink(database: Database, token: string): OwnPageBearer {
  const check = database.keys.verifyLink(token, purpose, database.clock())
  if (!check.valid) throw invalidLink(check.reason === 'expired')
  const workspaceId = check.link.workspaceId as WorkspaceId
  return {
    workspaceId,
    until: check.link.expiresAt,
    by: { kind: 'contact_link', workspaceId, contactId: check.link.subjectId as ContactId },
  }
}

/** The contact of a link, or whom she was merged into. Whoever was erased has no page any more. Throws `scheduling/link-invalid`. */
export async function contactOfLink(tx: WorkspaceTx, { by }: OwnPageBearer): Promise<ContactFacts> {
  try {
    return await contactFacts(tx, by.contactId)
  } catch (error) {
    if (error instanceof Refusal && error.type === 'http/not-found') throw invalidLink(false)
    throw error
  }
}

const invalidLink = (expired: boolean): Refusal =>
  new Refusal('scheduling/link-invalid', { detail: 'Ask for a new link on the booking page of the business.', expired })
