import { randomInt } from 'node:crypto'
import type { MemberId, NewWorkspace, Principal, UserId, WorkspaceId } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { Database, WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import { orderedId } from '../../platform/ids/index.ts'
import { slugFrom } from './slug.rules.ts'

export type CreateWorkspace = z.output<typeof NewWorkspace> & { readonly testOf?: WorkspaceId; readonly industry?: string | undefined }
/** Who will own it. */
export type FirstOwner = {
  readonly userId: UserId
  readonly name: string
  readonly email: string
  readonly ageConfirmedAt?: Temporal.Instant | null
}

export type CreatedWorkspace = { readonly workspaceId: WorkspaceId; readonly memberId: MemberId }

/** Makes a workspace with its first owner, in a transaction of its own. */
export async function createWorkspace(database: Database, owner: FirstOwner, wish: CreateWorkspace): Promise<CreatedWorkspace> {
  const workspaceId = orderedId<'workspace'>(database.clock().epochMilliseconds)
  const memberId = await database.inWorkspace(workspaceId, (tx) => furnishWorkspace(tx, owner, wish))
  return { workspaceId, memberId }
}

/** Fills the workspace that the transaction is bound to and that has no rows yet: the business, its address, its owner, Monday to Friday from nine to five. */
export async function furnishWorkspace(tx: WorkspaceTx, owner: FirstOwner, wish: CreateWorkspace): Promise<MemberId> {
  const workspaceId = tx.workspaceId
  const memberId = tx.newId<'member'>()
  const by: Principal = { kind: 'member', workspaceId, memberId, userId: owner.userId, role: 'owner' }
  await tx.db
    .insertInto('workspace')
    .values({
      id: workspaceId,
      name: wish.name,
      slug: '',
      zone: wish.zone,
      locale: wish.locale,
      currency: wish.currency,
      country: wish.country ?? null,
      industry: wish.industry ?? null,
      brand_colour: '#1f6f5c',
      logo_file_id: null,
      phone: null,
      email: owner.email,
      website: null,
      test_of: wish.testOf ?? null,
      test_workspace_id: null,
      closes_at: null,
      created_at: tx.now,
      version: 1,
    })
    .execute()
  const slug = await takeFreeSlug(tx, slugFrom(wish.name))
  await tx.db.updateTable('workspace').set({ slug }).where('id', '=', workspaceId).execute()
  await tx.db
    .insertInto('member')
    .values({
      workspace_id: workspaceId,
      id: memberId,
      user_id: owner.userId,
      name: owner.name,
      email: owner.email,
      role: 'owner',
      invited_by: null,
      age_confirmed_at: owner.ageConfirmedAt ?? null,
      joined_at: tx.now,
      expires_at: null,
      removed_at: null,
      last_seen_at: null,
      created_at: tx.now,
      version: 1,
    })
    .execute()
  const locationId = tx.newId<'location'>()
  await tx.db
    .insertInto('location')
    .values({
      workspace_id: workspaceId,
      id: locationId,
      name: wish.name,
      address: null,
      is_default: true,
      holiday_set: null,
      created_at: tx.now,
      version: 1,
    })
    .execute()
  const week = [1, 2, 3, 4, 5].map((weekday) => ({
    workspace_id: workspaceId,
    id: tx.newId(),
    location_id: locationId,
    weekday,
    from_time: '09:00',
    to_time: '17:00',
  }))
  await tx.db.insertInto('hours_rule').values(week).execute()
  await audit(tx, by, { action: 'workspace.created', object: { type: 'workspace', id: workspaceId }, result: 'done' })
  await emit(tx, 'workspace.created', { workspaceId })
  await emit(tx, 'member.joined', { memberId, role: 'owner' })
  return memberId
}

/** Takes the wanted public address, or the first free one like it. */
async function takeFreeSlug(tx: WorkspaceTx, wanted: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const slug = attempt === 1 ? wanted : attempt < 10 ? `${wanted}-${attempt}` : `${wanted}-${randomInt(10_000, 1_000_000)}`
    if (await takeSlug(tx, slug)) return slug
  }
}

/** Takes a public address for this workspace, for good. False where another workspace has or had it. */
export async function takeSlug(tx: WorkspaceTx, slug: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('workspace_slug')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), slug, created_at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 1n) return true
  const own = await tx.db
    .selectFrom('workspace_slug')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('slug', '=', slug)
    .executeTakeFirst()
  return own !== undefined
}
