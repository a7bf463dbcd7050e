import type { Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type WorkspaceFacts, workspaceFacts } from '../../accounts/index.ts'
import { type ContactFacts, contactFacts, type PointFacts } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { sellerOf } from './consent-kit.ts'
import { giveConsent, type Wording } from './give-consent.ts'
import { invitationById } from './invite.ts'
import { fillWording, kitWording } from './kit.ts'

/** What the page behind an invitation shows. */
export type InvitationState = {
  readonly contact: ContactFacts
  readonly business: WorkspaceFacts
  readonly point: PointFacts
  readonly wording: Wording
  readonly locale: string
  readonly confirmed: boolean
  /** Calls and texts need a signature, which is her name as she types it; mail needs none. */
  readonly signs: boolean
}

/** What she is asked. Throws 404 where the invitation, the contact or the address is gone. */
export async function invitationState(tx: WorkspaceTx, by: Principal, invitationId: string): Promise<InvitationState> {
  privacyPolicy.require(by, 'consents.confirm')
  const row = await invitationById(tx, invitationId)
  if (!row) throw gone()
  const contact = await contactFacts(tx, row.contact_id)
  const point = contact.points.find(({ id }) => id === row.point_id)
  if (!point) throw gone()
  const business = await workspaceFacts(tx)
  return {
    contact,
    business,
    point,
    wording: fillWording(row.wording, 'written', await sellerOf(tx, business), row.locale),
    locale: row.locale,
    confirmed: row.confirmed_at !== null,
    signs: point.kind === 'phone',
  }
}

/** She agrees. A second press changes nothing. */
export async function confirmConsent(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly invitationId: string; readonly signedName: string | null },
): Promise<void> {
  const { contact, point, wording } = await invitationState(tx, by, wish.invitationId)
  const row = await tx.db
    .updateTable('consent_invitation')
    .set({ confirmed_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.invitationId)
    .where('confirmed_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!row) return
  const { channel, purpose, level, automated } = kitWording(row.wording)
  await giveConsent(
    tx,
    { kind: 'contact_link', workspaceId: tx.workspaceId, contactId: contact.contactId },
    {
      contactId: contact.contactId,
      point,
      channel,
      purpose,
      level,
      automated,
      wording,
      how: 'mail',
      signedName: wish.signedName,
    },
  )
}

const gone = () => new Refusal('http/not-found', { detail: 'This invitation is not there any more.' })
