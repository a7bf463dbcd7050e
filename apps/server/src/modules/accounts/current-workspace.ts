import type { Person, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { Refusal } from '../../platform/errors/index.ts'
import { type CreateWorkspace, createWorkspace } from './create-workspace.ts'
import { refuseAtRest } from './deactivate-account.ts'
import { sessionChannel } from './end-sessions.ts'
import { membershipsOf } from './memberships.ts'
import type { AccountServices } from './services.ts'
import { loadUser, mayCreateWorkspace, workspacesOf } from './show-me.ts'

/** Somebody makes another workspace and owns it. Throws `accounts/sign-up-closed` where the operator does not take new ones from her. */
export async function addWorkspace(services: AccountServices, person: Person, wish: CreateWorkspace): Promise<WorkspaceId> {
  const user = await loadUser(services, person.userId)
  refuseAtRest(user)
  const { workspaces: own } = await workspacesOf(services, person.userId, true)
  const roles = own.filter(({ test }) => !test).map(({ role }) => role)
  if (!(await mayCreateWorkspace(services, roles))) {
    throw new Refusal('accounts/sign-up-closed', { detail: 'On this server only owners of a workspace may make another.' })
  }
  const owner = { userId: user.id, name: user.name, email: user.email, ageConfirmedAt: user.age_confirmed_at }
  const { workspaceId } = await createWorkspace(services.database, owner, wish)
  await remember(services, person, workspaceId)
  return workspaceId
}

/** Remembers which workspace is worked in. Throws `http/not-found` for one she does not work in. */
export async function chooseWorkspace(services: AccountServices, person: Person, workspaceId: WorkspaceId): Promise<void> {
  const places = await membershipsOf(services.database, person.userId)
  if (!places.some((place) => place.workspaceId === workspaceId))
    throw new Refusal('http/not-found', { detail: 'You do not work in this workspace.' })
  await remember(services, person, workspaceId)
}

const remember = ({ auth }: AccountServices, person: Person, workspaceId: WorkspaceId) =>
  auth.transaction(async (tx) => {
    await tx.db.updateTable('session').set({ workspace_id: workspaceId }).where('id', '=', person.sessionId).execute()
    await sql`select pg_notify(${sessionChannel}, ${person.userId})`.execute(tx.db)
  })
