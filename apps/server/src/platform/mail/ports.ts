import type { Permit } from '@frontdesk/contact-rules'
import type { ContactId, MailId, PermitId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../database/index.ts'
import { definePort } from '../events/index.ts'

/** A mail to a contact that is about to be tried again, some time after its permit was given. */
export type WaitingMail = { readonly mailId: MailId; readonly contactId: ContactId; readonly permitId: PermitId }

/**
 * Asks the gate once more about a mail that waited: what was allowed yesterday may not be today. Filled by the privacy room. A yes comes with a new permit, marked used
 * by this mail; a no with one sentence for the outbox.
 */
export const mailGate = definePort<{
  askAgain(
    tx: WorkspaceTx,
    mail: WaitingMail,
  ): Promise<{ readonly allowed: true; readonly permit: Permit } | { readonly allowed: false; readonly why: string }>
}>('mail.gate')
