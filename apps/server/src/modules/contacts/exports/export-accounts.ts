import type { Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { definePortList } from '../../../platform/events/index.ts'

/** A list that somebody takes along: how many people are on it. */
export type TakenList = { readonly listExportId: string; readonly people: number }

/** Who keeps the account of what data went where; told in the transaction in which a list is asked for. */
export const exportAccounts = definePortList<{ take(tx: WorkspaceTx, by: Principal, list: TakenList): Promise<void> }>(
  'contacts.export-accounts',
)
