import type { BookingPageSettings, FramingSite, Principal } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { embedScript } from './embed-script.ts'

/** Who may show the booking pages in a frame, beside this house itself. */
export async function framingSites(tx: WorkspaceTx): Promise<readonly FramingSite[]> {
  return (await settingsRow(tx))?.framing_sites ?? []
}

/** The same with the version that an edit names, for members. Version 1 is nobody. */
export async function readBookingPage(tx: WorkspaceTx, by: Principal): Promise<BookingPageSettings> {
  schedulingPolicy.require(by, 'booking_page.read')
  const row = await settingsRow(tx)
  const { path, integrity } = embedScript
  return { version: row?.version ?? 1, sites: [...(row?.framing_sites ?? [])], script: { path, integrity } }
}

export type WriteBookingPage = { readonly sites: readonly FramingSite[]; readonly version: number }

/** Says which sites may, whole. Throws `http/version-mismatch` when somebody else was quicker. */
export async function writeBookingPage(tx: WorkspaceTx, by: Principal, { sites, version }: WriteBookingPage): Promise<BookingPageSettings> {
  schedulingPolicy.require(by, 'booking_page.manage')
  const columns = { framing_sites: JSON.stringify(sites), updated_at: tx.now, version: version + 1 }
  const written =
    version === 1
      ? await tx.db
          .insertInto('booking_page')
          .values({ workspace_id: tx.workspaceId, id: tx.newId(), ...columns, created_at: tx.now })
          .onConflict((conflict) => conflict.column('workspace_id').doNothing())
          .returning('id')
          .executeTakeFirst()
      : await tx.db
          .updateTable('booking_page')
          .set(columns)
          .where('workspace_id', '=', tx.workspaceId)
          .where('version', '=', version)
          .returning('id')
          .executeTakeFirst()
  if (!written) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this in the meantime. Nothing was saved.',
      currentVersion: (await readBookingPage(tx, by)).version,
    })
  }
  await emit(tx, 'booking_page.changed', { workspaceId: tx.workspaceId })
  await audit(tx, by, { action: 'booking_page.changed', object: { type: 'booking_page', id: written.id }, result: 'done' })
  return readBookingPage(tx, by)
}

const settingsRow = (tx: WorkspaceTx) =>
  tx.db.selectFrom('booking_page').select(['framing_sites', 'version']).where('workspace_id', '=', tx.workspaceId).executeTakeFirst()
