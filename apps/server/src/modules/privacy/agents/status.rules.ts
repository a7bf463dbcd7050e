import type { RefusalGround } from '@frontdesk/contract'
import type { StoredRequest } from '../requests/request.tables.ts'

/** Why a request was denied, in the words of the protocol (§3.02). */
type Denial = 'insuf_verification' | 'no_match' | 'claim_not_covered' | 'outside_jurisdiction' | 'too_many_requests' | 'other'

/** How far a request is, in the words of the protocol, and which of our words say the rest. */
export type AgentStatus =
  | { readonly status: 'open' | 'fulfilled' | 'revoked'; readonly says: Says | null }
  | { readonly status: 'in_progress'; readonly reason?: 'need_user_verification'; readonly says: Says | null }
  | { readonly status: 'denied'; readonly reason: Denial; readonly says: `ground/${RefusalGround}` }
type Says = 'agent/verifying' | 'agent/extended' | 'agent/carriedOut' | 'agent/appealed' | 'agent/fulfilled' | 'agent/revoked'

const denials: Readonly<Record<RefusalGround, Denial>> = {
  identity_not_proven: 'insuf_verification',
  no_data: 'no_match',
  law_requires_keeping: 'claim_not_covered',
  rights_of_others: 'claim_not_covered',
  compelling_grounds: 'claim_not_covered',
  unfounded: 'other',
  repeated: 'too_many_requests',
  outside_law: 'outside_jurisdiction',
}

/** Maps a case to the states of the protocol. `underWay`: it is answered, and its erasure is not over yet. */
export function agentStatus(
  row: Pick<StoredRequest, 'state' | 'refusal_ground' | 'appeal_outcome'>,
  { revoked, underWay }: { readonly revoked: boolean; readonly underWay: boolean },
): AgentStatus {
  if (revoked) return { status: 'revoked', says: 'agent/revoked' }
  switch (row.state) {
    case 'received':
      return { status: 'open', says: null }
    case 'acknowledged':
    case 'in_progress':
      return { status: 'in_progress', says: null }
    case 'verifying':
      return { status: 'in_progress', reason: 'need_user_verification', says: 'agent/verifying' }
    case 'extended':
      return { status: 'in_progress', says: 'agent/extended' }
    case 'appealed':
    case 'escalated':
      return { status: 'in_progress', says: 'agent/appealed' }
    case 'answered':
    case 'refused':
    case 'closed':
    case 'resolved':
      if (row.refusal_ground !== null && row.appeal_outcome !== 'changed')
        return { status: 'denied', reason: denials[row.refusal_ground], says: `ground/${row.refusal_ground}` }
      return underWay ? { status: 'in_progress', says: 'agent/carriedOut' } : { status: 'fulfilled', says: 'agent/fulfilled' }
  }
}

/** Whether nothing follows this status by itself. */
export const isFinal = ({ status }: Pick<AgentStatus, 'status'>): boolean =>
  status === 'fulfilled' || status === 'revoked' || status === 'denied'

/** A status in a word, to see whether an agent was told of it. */
export const statusWord = (status: AgentStatus): string =>
  [status.status, 'reason' in status ? status.reason : '', status.says ?? ''].filter((part) => part).join(' ')
