import type { ContactId, WorkspaceId } from '@frontdesk/contract'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

const PURPOSE = 'data-use'
/** People look for the mail much later, to say no as well. */
const LIVES = { hours: 24 * 365 * 3 }

/** The path of the page on which she answers whether her data may be used for something new. Opening it answers nothing. */
export const newUsePath = (tx: WorkspaceTx, contactId: ContactId, key: string): string =>
  `/new-use/${tx.keys.signLink({ purpose: PURPOSE, workspaceId: tx.workspaceId, subjectId: contactId, expiresAt: tx.now.add(LIVES), allows: [key] }, tx.now)}`

export type NewUseLink = { readonly workspaceId: WorkspaceId; readonly contactId: ContactId; readonly key: string }

/** Reads a link that came from outside; undefined where it is forged or over. */
export function readNewUseToken(keys: Keys, token: string, now: Temporal.Instant): NewUseLink | undefined {
  const check = keys.verifyLink(token, PURPOSE, now)
  if (!check.valid) return undefined
  const { workspaceId, subjectId, allows } = check.link
  const [key] = allows
  if (workspaceId === null || key === undefined) return undefined
  return { workspaceId: workspaceId as WorkspaceId, contactId: subjectId as ContactId, key }
}
