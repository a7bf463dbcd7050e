import type { ContactId, WorkspaceId } from '@frontdesk/contract'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

const PURPOSE = 'preferences'
/** As long as the stop link beside it: people look for it much later. */
const LIVES = { hours: 24 * 365 * 3 }

/** The path of a contact's own page: how, when and about what we may write or call. Opening it changes nothing. */
export const preferencePath = (tx: WorkspaceTx, contactId: ContactId): string =>
  `/preferences/${tx.keys.signLink({ purpose: PURPOSE, workspaceId: tx.workspaceId, subjectId: contactId, expiresAt: tx.now.add(LIVES), allows: [] }, tx.now)}`

/** Where such a link leads: to her page, to the offer of a new link, or nowhere. */
export type PreferenceLink = LivePreferenceLink | { readonly state: 'forged' }
export type LivePreferenceLink = {
  readonly state: 'valid' | 'expired'
  readonly workspaceId: WorkspaceId
  readonly contactId: ContactId
}

/** Reads a link that came from outside. */
export function readPreferenceToken(keys: Keys, token: string, now: Temporal.Instant): PreferenceLink {
  const check = keys.verifyLink(token, PURPOSE, now)
  if (!check.valid && check.reason !== 'expired') return { state: 'forged' }
  const { workspaceId, subjectId } = check.link
  if (workspaceId === null) return { state: 'forged' }
  return {
    state: check.valid ? 'valid' : 'expired',
    workspaceId: workspaceId as WorkspaceId,
    contactId: subjectId as ContactId,
  }
}
