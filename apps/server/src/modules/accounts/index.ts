import { accountsRoutes } from '@frontdesk/contract'
import type { FastifyRequest } from 'fastify'
import type { Database, Listener } from '../../platform/database/index.ts'
import { type Authentication, mount } from '../../platform/http/index.ts'
import { errorFields, type Log } from '../../platform/log/index.ts'
import type { Room } from '../../platform/room/index.ts'
import { accountHandlers } from './account-routes.ts'
import { workspaceInventory } from './accounts.tables.ts'
import type { Policies } from './api-keys.ts'
import { arrivalHandlers } from './arrival-routes.ts'
import { authInventory } from './auth.tables.ts'
import { authenticator } from './authenticate.ts'
import { tellReturnedJob } from './bring-back-member.ts'
import type { AuditFolders, Leaving } from './hand-out-certificates.ts'
import { accountsSchedules, tidyWorkspaceJob } from './jobs.ts'
import { mailInvitationJob } from './mail-invitation.ts'
import type { Providers } from './provider-identity.ts'
import { providerPages } from './provider-pages.ts'
import { type AccountServices, openAfterwards } from './services.ts'
import { sessionCache } from './session-cache.ts'
import { setupLink } from './set-up-server.ts'
import { tellGivenUp } from './tell-given-up.ts'
import { workspaceHandlers } from './workspace-routes.ts'

export { type AcceptedDocument, firstWorkspace, noDocuments, type SignUpDocuments } from './acceptance.ts'
export { accountsPolicy, neverForKeys } from './accounts.policy.ts'
export { joinRules } from './admit-to-join.ts'
export { type AgeLimit, ageLimits, judgeAge, knownAge, markAdult } from './age-check.ts'
export { type AuthDatabase, type AuthDatabaseSettings, type AuthTx, openAuthDatabase } from './auth-database.ts'
export { changeWorkspace } from './change-workspace.ts'
export { deleteWorkspace } from './delete-workspace.ts'
export { type EraseWorkspaceStep, eraseWorkspaceSteps } from './erase-workspace.ts'
export { type AuditFolders, handOutCertificates, type Leaving } from './hand-out-certificates.ts'
export { type KeyRecipient, keyRegisters } from './key-recipients.ts'
export { listNews, mayReachMember, wantsNews } from './member-news.ts'
export { memberGuards } from './memberships.ts'
export { openingHours } from './opening-hours.ts'
export type { ProviderSettings, Providers } from './provider-identity.ts'
export { reapplyDeletions } from './reapply-deletions.ts'
export { requirePresence } from './recent-proof.ts'
export type { AccountMail, AccountServices, SignUpMode } from './services.ts'
export { setOpeningHours } from './set-opening-hours.ts'
export { isSetUp, setUpServer, setupLink } from './set-up-server.ts'
export { showMe } from './show-me.ts'
export { tellChanged as tellMemberChanged } from './tell-changed.ts'
export { type WorkspaceFacts, workspaceBySlug, workspaceFacts } from './workspace-facts.ts'

/** What the accounts room needs from the house. */
export type AccountsDeps = Omit<AccountServices, 'afterwards'> & {
  readonly log: Log
  readonly providers: Providers
  /** scheme://host that people see, once it is known; the redirect address of other services begins with it. */
  readonly publicUrl: () => string | undefined
  /** The rules of every room: their permissions are the scopes of API keys. */
  readonly policies: Policies
  /** The role that deletes what others only append, for workspaces whose grace has ended. */
  readonly eraser: Database
  /** Where certificates of deletion and the heads of audit chains lie. */
  readonly auditFolders: () => AuditFolders
  /** Gives the space of deleted rows back. */
  readonly vacuum: Leaving['vacuum']
  /** Hears of ended sessions; without it every request looks them up. */
  readonly listener?: Listener
}

export type AccountsRoom = Room & {
  /** Says who knocks, for the HTTP room and for streams. */
  readonly authenticate: (request: FastifyRequest) => Promise<Authentication>
  /** The address that makes its first reader the owner, or undefined once there is one. Printed at each start. */
  readonly setupLink: (origin: string) => Promise<string | undefined>
  /** Resolves when nothing is under way that began with an answered request. */
  readonly settled: () => Promise<void>
}

/** The accounts room: people, workspaces, members, keys, opening hours. */
export function accountsRoom(deps: AccountsDeps): AccountsRoom {
  const afterwards = openAfterwards((task, error) => deps.log.error('accounts.afterwards_failed', { task, ...errorFields(error) }))
  const services: AccountServices = { ...deps, afterwards: afterwards.run }
  const mailInvitation = mailInvitationJob(services)
  const tellReturned = tellReturnedJob(services)
  const leaving: Leaving = { ...services, eraser: deps.eraser, auditFolders: deps.auditFolders, vacuum: deps.vacuum }
  const tidyWorkspace = tidyWorkspaceJob(leaving)
  return {
    name: 'accounts',
    migrations: new URL('./migrations', import.meta.url),
    inventory: accountsInventory,
    routes: mount(accountsRoutes, {
      ...arrivalHandlers(services, deps.providers),
      ...accountHandlers(services),
      ...workspaceHandlers({ auth: services.auth, policies: deps.policies, linkBase: deps.linkBase, mailInvitation, tellReturned }),
    }),
    jobs: [mailInvitation, tellReturned, tidyWorkspace],
    schedules: accountsSchedules(services, leaving, tidyWorkspace),
    subscribers: [tellGivenUp(deps.linkBase)],
    pages: providerPages({ services, providers: deps.providers, publicUrl: deps.publicUrl, log: deps.log }),
    authenticate: authenticator(services, sessionCache(deps.listener)),
    setupLink: (origin) => setupLink(services, origin),
    settled: afterwards.settled,
  }
}

/** Every table of this room, declared. */
export const accountsInventory = [...authInventory, ...workspaceInventory]
