import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { businessZone } from '../retention/retention-setting.ts'

/** Today on the business's calendar. */
export const businessDay = async (tx: WorkspaceTx): Promise<Temporal.PlainDate> =>
  tx.now.toZonedDateTimeISO(await businessZone(tx)).toPlainDate()
