import type { Person } from '@frontdesk/contract'
import { inEachWorkspace } from './memberships.ts'
import type { AccountServices } from './services.ts'
import { loadUser, presentProfile } from './show-me.ts'

/** Everything this server keeps about an account, for its owner. Secrets are named, not shown: handing them out would weaken them. */
export async function exportAccount(services: AccountServices, person: Person): Promise<Record<string, unknown>> {
  const { auth, database } = services
  const user = await loadUser(services, person.userId)
  const sessions = await auth.db.selectFrom('session').selectAll().where('user_id', '=', user.id).orderBy('created_at').execute()
  const credentials = await auth.db.selectFrom('credential').selectAll().where('user_id', '=', user.id).orderBy('created_at').execute()
  const links = await auth.db.selectFrom('mail_link').selectAll().where('user_id', '=', user.id).orderBy('created_at').execute()
  const recovery = await auth.db.selectFrom('recovery_code').select(['created_at', 'used_at']).where('user_id', '=', user.id).execute()
  const accepted = await auth.db
    .selectFrom('acceptance')
    .select(['document', 'destination', 'version', 'sha256', 'locale', 'method', 'accepted_at'])
    .where('user_id', '=', user.id)
    .orderBy('document')
    .execute()
  const workspaces: Record<string, unknown>[] = []
  await inEachWorkspace(database, user.id, async (tx, member) => {
    const workspace = await tx.db.selectFrom('workspace').select(['name', 'slug']).where('id', '=', tx.workspaceId).executeTakeFirst()
    const returns = await tx.db
      .selectFrom('member_return')
      .select(['asked_how as askedHow', 'asked_on as askedOn', 'proof', 'rested_since as restedSince', 'recorded_at as recordedAt'])
      .where('workspace_id', '=', tx.workspaceId)
      .where('member_id', '=', member.id)
      .orderBy('recorded_at')
      .execute()
    workspaces.push({
      workspace: workspace?.name,
      address: workspace?.slug,
      name: member.name,
      email: member.email,
      role: member.role,
      joinedAt: member.joined_at,
      expiresAt: member.expires_at,
      lastSeenAt: member.last_seen_at,
      ageConfirmedAt: member.age_confirmed_at,
      mails: member.news,
      deactivatedAt: member.deactivated_at,
      broughtBack: returns,
    })
  })
  const whole = {
    exportedAt: auth.clock(),
    profile: {
      ...presentProfile(user),
      emailVerifiedAt: user.email_verified_at,
    },
    accepted: accepted.map(({ accepted_at, ...row }) => ({ ...row, acceptedAt: accepted_at })),
    workspaces,
    sessions: sessions.map((row) => ({
      method: row.method,
      browser: row.browser,
      system: row.system,
      device: row.device_kind,
      place: row.place,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
      provedAt: row.authenticated_at,
      secondFactorAt: row.second_factor_at,
    })),
    waysToSignIn: credentials.map((row) => ({
      kind: row.kind,
      name: row.name,
      email: row.email,
      idElsewhere: row.external_id,
      transports: row.transports,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
    })),
    recoveryCodes: recovery.map((row) => ({ createdAt: row.created_at, usedAt: row.used_at })),
    linksMailed: links.map((row) => ({ kind: row.kind, to: row.email, askedAt: row.created_at, usedAt: row.used_at })),
  }
  // Instants become text.
  return JSON.parse(JSON.stringify(whole))
}
