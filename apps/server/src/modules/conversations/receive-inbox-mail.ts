import type { Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import type { JobContext } from '../../platform/jobs/index.ts'
import { forgetInboundRaw, normalizeAddress, type OfficeMail } from '../../platform/mail/index.ts'
import { findOrCreateContact } from '../contacts/index.ts'
import { maskFromOutside, noteMasked } from '../privacy/index.ts'
import { takeEnclosures } from './enclosures.ts'
import { conversationByMail } from './open-conversation.ts'
import { keepFiles, takeMessage } from './receive-email.ts'

/**
 * Takes a mail to the business's inbox that answers nothing of ours: finds or makes whoever wrote it, and the conversation. What members send on by hand is left out: it would make contacts of them.
 * The mail as it came is not kept, because it hangs on nobody by whom it would be erased; what it says stands in the message. Comes the same mail twice, nothing happens the second time.
 */
export async function receiveInboxMail(
  context: JobContext,
  arrived: OfficeMail,
  done: (tx: WorkspaceTx) => Promise<boolean>,
): Promise<void> {
  const masked = maskFromOutside({ subject: arrived.subject, text: arrived.text, quoted: arrived.quoted })
  const arrival = { ...arrived, ...masked.fields, kind: 'answer' } as const
  const { files, found: inFiles } = await keepFiles(context, arrival)
  await context.inWorkspace(async (tx) => {
    if (!(await done(tx))) return
    await forgetInboundRaw(tx, arrival.inboundId)
    // An answer to an invitation is heard, and no letter; what else a program writes makes nobody a contact.
    if ((await takeEnclosures(tx, context.by, arrived)) || arrived.automatic) return
    if (!arrival.from || (await isMember(tx, arrival.from.address))) return
    const { name, address } = arrival.from
    const visitor: Principal = { kind: 'visitor', workspaceId: tx.workspaceId }
    const { contactId } = await findOrCreateContact(tx, visitor, {
      name: name.trim() || address.slice(0, address.lastIndexOf('@')),
      email: address,
      source: 'email',
    })
    const conversation = await conversationByMail(tx, contactId, arrival.subject)
    await takeMessage(tx, context, conversation, arrival, files)
    const found = [...new Set([...masked.found, ...inFiles])]
    await noteMasked(tx, { kind: 'contact_link', workspaceId: tx.workspaceId, contactId }, { contactId, source: 'message', found })
  })
}

const isMember = async (tx: WorkspaceTx, address: string): Promise<boolean> =>
  (await tx.db
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where(sql<boolean>`lower(email) = ${normalizeAddress(address)}`)
    .where('removed_at', 'is', null)
    .executeTakeFirst()) !== undefined
