import type { Me, Profile, SessionId, UserId, WorkspaceId, WorkspaceSummary } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { Refusal } from '../../platform/errors/index.ts'
import type { UserRow } from './auth.tables.ts'
import { inEachWorkspace, mayWork } from './memberships.ts'
import type { AccountServices } from './services.ts'
import { isSetUp } from './set-up-server.ts'

export type PresentedMe = z.output<typeof Me>
export type PresentedProfile = z.output<typeof Profile>

/** The account behind an id. Throws `http/not-signed-in` when it was deleted meanwhile. */
export async function loadUser({ auth }: Pick<AccountServices, 'auth'>, userId: UserId): Promise<Selectable<UserRow>> {
  const user = await auth.db.selectFrom('user').selectAll().where('id', '=', userId).executeTakeFirst()
  if (!user) throw new Refusal('http/not-signed-in', { detail: 'This account was deleted.' })
  return user
}

/** The profile as its owner sees it. */
export const presentProfile = (user: Selectable<UserRow>): PresentedProfile => ({
  id: user.id,
  name: user.name,
  email: user.email,
  emailVerified: user.email_verified_at !== null,
  phone: user.phone,
  company: user.company,
  industry: user.industry,
  locale: user.locale,
  zone: user.zone,
  deactivatedAt: user.deactivated_at?.toString() ?? null,
  ageLimit: user.age_limit,
  ageConfirmedAt: user.age_confirmed_at?.toString() ?? null,
  closesAt: user.closes_at?.toString() ?? null,
  createdAt: user.created_at.toString(),
  version: user.version,
})

/** The workspaces somebody works in, oldest first, and in how many more her access rests by herself. */
export async function workspacesOf(
  { database }: Pick<AccountServices, 'database'>,
  userId: UserId,
  secondFactor: boolean,
): Promise<Pick<PresentedMe, 'workspaces' | 'restsIn'>> {
  const found: z.output<typeof WorkspaceSummary>[] = []
  let restsIn = 0
  await inEachWorkspace(database, userId, async (tx, member) => {
    if (member.deactivated_why === 'self') restsIn += 1
    if (!mayWork(member)) return
    const workspace = await tx.db.selectFrom('workspace').selectAll().where('id', '=', tx.workspaceId).executeTakeFirst()
    if (!workspace) return
    const former = await tx.db
      .selectFrom('workspace_slug')
      .select('slug')
      .where('workspace_id', '=', tx.workspaceId)
      .where('slug', '<>', workspace.slug)
      .orderBy('created_at')
      .execute()
    found.push({
      id: workspace.id,
      name: workspace.name,
      slug: workspace.slug,
      formerSlugs: former.map(({ slug }) => slug),
      role: member.role,
      memberId: member.id,
      test: workspace.test_of !== null,
      brandColour: workspace.brand_colour,
      logoFileId: workspace.logo_file_id,
      locale: workspace.locale,
      zone: workspace.zone,
      currency: workspace.currency,
      closesAt: workspace.closes_at?.toString() ?? null,
      rests: workspace.rests,
      asksSecondFactor: workspace.second_factor_required && !secondFactor,
    })
  })
  return { workspaces: found, restsIn }
}

/** Whether somebody may make a workspace: always where sign-up is open, otherwise who owns one already, or on a server that has none yet. */
export async function mayCreateWorkspace(
  services: Pick<AccountServices, 'signUp' | 'database'>,
  roles: readonly string[],
): Promise<boolean> {
  return services.signUp === 'open' || roles.includes('owner') || !(await isSetUp(services.database))
}

/** Who is signed in and where she may work. */
export async function showMe(
  services: AccountServices,
  person: { readonly userId: UserId; readonly sessionId: SessionId },
): Promise<PresentedMe> {
  const user = await loadUser(services, person.userId)
  const session = await services.auth.db
    .selectFrom('session')
    .select(['authenticated_at', 'second_factor_at', 'workspace_id'])
    .where('id', '=', person.sessionId)
    .executeTakeFirst()
  if (!session) throw new Refusal('http/not-signed-in', { detail: 'This session was ended.' })
  const { workspaces, restsIn } = await workspacesOf(services, person.userId, session.second_factor_at !== null)
  return {
    user: presentProfile(user),
    session: { id: person.sessionId, authenticatedAt: session.authenticated_at.toString() },
    workspaces,
    restsIn,
    currentWorkspaceId: currentOf(workspaces, session.workspace_id),
    mayCreateWorkspace: await mayCreateWorkspace(
      services,
      workspaces.filter(({ test }) => !test).map(({ role }) => role),
    ),
  }
}

/** The workspace used last if she still works there, otherwise her first. */
function currentOf(
  workspaces: readonly { readonly id: WorkspaceId; readonly test: boolean }[],
  last: WorkspaceId | null,
): WorkspaceId | null {
  const known = workspaces.find(({ id }) => id === last) ?? workspaces.find(({ test }) => !test) ?? workspaces[0]
  return known?.id ?? null
}
