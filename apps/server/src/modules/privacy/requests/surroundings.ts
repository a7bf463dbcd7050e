import type { ContactId } from '@frontdesk/contract'
import type { Database, WorkspaceTx } from '../../../platform/database/index.ts'
import { definePort, definePortList } from '../../../platform/events/index.ts'
import type { Files } from '../../../platform/files/index.ts'
import type { OutboundAnswer, OutboundCall } from '../../../platform/http/index.ts'

/** What requests need of the server around them. Filled by the house. */
export const requestSurroundings = definePort<{
  readonly database: Database
  readonly files: Files
  /** scheme://host under which links are written, without a slash at the end. */
  readonly publicUrl: () => string
  /** Calls an address that somebody named, and never our own network. */
  readonly callOutside: (address: string, call: OutboundCall) => Promise<OutboundAnswer>
}>('privacy.requests')

/**
 * What is so sensitive about somebody's data that it is told or erased on strict proof alone (privacy-design.md §10, tier 3): recordings, her voice, tax ids, a paid account.
 * Rooms that keep such things answer for them, in a word each.
 */
export type StrictProof = { readonly reasons: (tx: WorkspaceTx, contactIds: readonly ContactId[]) => Promise<readonly string[]> }

export const strictProofs = definePortList<StrictProof>('privacy.strict-proofs')
