import type { MemberId, StaffId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import { hueOf } from './slug.rules.ts'

/**
 * Makes a member somebody who can be booked, once. With `onlyAsFirst` nothing happens where somebody can be booked already. The first person takes over services that
 * nobody gives yet.
 */
export async function memberBecomesStaff(
  tx: WorkspaceTx,
  memberId: MemberId,
  { onlyAsFirst }: { readonly onlyAsFirst: boolean },
): Promise<void> {
  // Two at once would both be the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`staff:${tx.workspaceId}`}, 0))`.execute(tx.db)
  const staff = await tx.db.selectFrom('staff').select(['id', 'member_id']).where('workspace_id', '=', tx.workspaceId).execute()
  if (staff.some((person) => person.member_id === memberId) || (onlyAsFirst && staff.length > 0)) return
  const member = await tx.db
    .selectFrom('member')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', memberId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!member) return
  const id = tx.newId<'staff'>()
  await tx.db
    .insertInto('staff')
    .values({
      workspace_id: tx.workspaceId,
      id,
      member_id: memberId,
      name: member.name,
      hue: hueOf(staff.length),
      active: true,
      archived_at: null,
      created_at: tx.now,
      updated_at: tx.now,
      version: 1,
    })
    .execute()
  if (staff.length === 0) await giveEveryService(tx, id)
  await emit(tx, 'staff.changed', { staffId: id })
}

async function giveEveryService(tx: WorkspaceTx, staffId: StaffId): Promise<void> {
  const services = await tx.db.selectFrom('service').select('id').where('workspace_id', '=', tx.workspaceId).execute()
  if (services.length === 0) return
  await tx.db
    .insertInto('service_staff')
    .values(services.map(({ id }) => ({ workspace_id: tx.workspaceId, id: tx.newId(), service_id: id, staff_id: staffId })))
    .execute()
}
