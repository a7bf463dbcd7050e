import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { definePortList } from '../../../platform/events/index.ts'

/** A number to look up. */
export type AskedNumber = {
  /** As E.164. */
  readonly number: string
  /** When she last turned up with it: a database of reassigned numbers asks since when. Null where she never did herself. */
  readonly since: Temporal.PlainDate | null
}

/** What a service answered; null where it does not say. */
export type LookedUpNumber = {
  readonly number: string
  readonly line: 'mobile' | 'landline' | 'voip' | null
  readonly reassigned: 'yes' | 'no' | 'no_data' | null
}

/** A service that knows what kind of line a number is, or whether it was given to somebody else. A room or a connector provides it; without one numbers are checked by hand or by file. */
export type NumberLookup = {
  /** What it is called on screens and beside the facts it brought. */
  readonly name: string
  /** Its entry in the register of recipients: without one that covers it no number leaves. */
  readonly processorId: (tx: WorkspaceTx) => Promise<string>
  /** Asks it; outside of any transaction. Throws where it cannot be reached: the asking is repeated. */
  readonly lookUp: (numbers: readonly AskedNumber[], signal: AbortSignal) => Promise<readonly LookedUpNumber[]>
}

export const numberLookups = definePortList<NumberLookup>('privacy.number-lookups')
