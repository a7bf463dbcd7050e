import type { AuditKind } from '@frontdesk/contract'

/** Acts of looking at data. */
export const seenActions = ['contact.seen', 'sensitive_value.revealed', 'consent.proof_read', 'operator_grant.used', 'route.read'] as const
/** Acts that take data out. */
export const exportedActions = [
  'contact.exported',
  'contact.export_requested',
  'contact.export_downloaded',
  'workspace.exported',
  'workspace.export_requested',
  'workspace.export_downloaded',
  'disclosure.recorded',
] as const

/** What kind of act an entry tells of; whatever is neither looking nor taking out changed something. */
export function auditKind(action: string): AuditKind {
  if ((seenActions as readonly string[]).includes(action)) return 'seen'
  return (exportedActions as readonly string[]).includes(action) ? 'exported' : 'changed'
}
