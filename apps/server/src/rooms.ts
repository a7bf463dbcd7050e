import path from 'node:path'
import { type Principal, platformRoutes, type WorkspaceId } from '@frontdesk/contract'
import { configuredConnections } from './connections.ts'
import {
  type AccountsRoom,
  type AuditFolders,
  accountsPolicy,
  accountsRoom,
  eraseWorkspaceSteps,
  mayReachMember,
  neverForKeys,
  type Providers,
} from './modules/accounts/index.ts'
import { contactSurroundings, contactsPolicy, contactsRoom, importSurroundings } from './modules/contacts/index.ts'
import {
  conversationSurroundings,
  conversationsPolicy,
  conversationsRoom,
  provideConversationsPorts,
} from './modules/conversations/index.ts'
import { leadSurroundings, leadsPolicy, leadsRoom, provideLeadsPorts } from './modules/leads/index.ts'
import {
  auditSurroundings,
  breachPolicy,
  consentSurroundings,
  disclosurePolicy,
  type ErasureSurroundings,
  erasureSurroundings,
  leavingPolicy,
  legalPolicy,
  openTombstones,
  ownershipPolicy,
  policyPolicy,
  policySurroundings,
  privacyPolicy,
  privacyRoom,
  providePrivacyPorts,
  registerSurroundings,
  registersPolicy,
  requestSurroundings,
  requestsPolicy,
  signUpDocuments,
  stopPageSurroundings,
  teamPolicy,
  vacuumTables,
} from './modules/privacy/index.ts'
import {
  calendarProviders,
  calendarReach,
  calendarSurroundings,
  provideSchedulingPorts,
  schedulingPolicy,
  schedulingRoom,
  surroundings,
} from './modules/scheduling/index.ts'
import type { OAuthClient } from './platform/config/index.ts'
import { cleanUp, eventHandlers, eventsPolicy, requireFilledPorts, type Subscriber } from './platform/events/index.ts'
import { fileHousekeeping } from './platform/files/index.ts'
import { callOutside, type MountedRoute, mount } from './platform/http/index.ts'
import { type Job, jobHandlers, jobsPolicy, type Schedule } from './platform/jobs/index.ts'
import {
  mailPerson,
  mailPolicy,
  mailSettings,
  mailSettingsOf,
  memberMailGates,
  outboxHandlers,
  receiveMailJob,
  sendMailJob,
} from './platform/mail/index.ts'
import type { Room } from './platform/room/index.ts'
import { webhookHandlers, webhookJobs, webhookReach, webhookSurroundings, webhooksPolicy } from './platform/webhooks/index.ts'
import { platformInventories } from './platform-inventories.ts'
import type { Services } from './services.ts'
import { statusHandlers, statusPolicy } from './status.ts'

/** The house as one process sees it: rooms in their order, with everything they bring. */
export type House = {
  readonly accounts: AccountsRoom
  readonly rooms: readonly Room[]
  readonly routes: readonly MountedRoute[]
  readonly jobs: readonly Job[]
  readonly subscribers: readonly Subscriber[]
  readonly schedules: readonly Schedule[]
}

const policies = [
  accountsPolicy,
  contactsPolicy,
  privacyPolicy,
  requestsPolicy,
  registersPolicy,
  breachPolicy,
  disclosurePolicy,
  leavingPolicy,
  legalPolicy,
  teamPolicy,
  ownershipPolicy,
  policyPolicy,
  conversationsPolicy,
  schedulingPolicy,
  leadsPolicy,
  mailPolicy,
  jobsPolicy,
  eventsPolicy,
  webhooksPolicy,
  statusPolicy,
]

/** Fills the ports and opens the rooms. Throws when a port stayed empty. */
export function openHouse(services: Services): House {
  fillPorts(services)
  const house = furnish(services)
  const inventory = [...platformInventories, ...house.rooms.flatMap((room) => room.inventory)]
  erasureSurroundings.provide(erasureAround(services, inventory))
  registerSurroundings.provide({
    configured: configuredConnections(services.config),
    publicUrl: services.linkBase,
    inventory,
    policies,
    neverForKeys,
  })
  policySurroundings.provide({ database: services.database, publicUrl: services.linkBase, inventory })
  requireFilledPorts()
  return house
}

/** Where certificates of deletion and the heads of audit chains lie. Certificates lie beside the keys, whose copies outlive those of the database. */
export const auditFoldersIn = (dataFolder: string): AuditFolders => ({
  certificates: path.join(dataFolder, 'keys', 'deletions'),
  heads: path.join(dataFolder, 'audit', 'heads'),
})

/** What carrying out a person's rights stands on. */
export const erasureAround = (
  {
    config,
    database,
    eraser,
    files,
    urls,
  }: Pick<Services, 'database' | 'eraser' | 'files' | 'urls'> & { readonly config: Pick<Services['config'], 'dataFolder'> },
  inventory: ErasureSurroundings['inventory'],
): ErasureSurroundings => ({
  database,
  eraser,
  files,
  inventory,
  tombstones: openTombstones(path.join(config.dataFolder, 'keys')),
  vacuum: (tables) => vacuumTables(urls.owner, tables),
})

function fillPorts({ config, database, files, linkBase }: Services): void {
  const mail = mailSettingsOf(config.mail)
  mailSettings.provide(mail)
  webhookSurroundings.provide(webhookReach({ loopback: config.webhooksToLoopback }))
  memberMailGates.provide('accounts', { mayReach: mayReachMember })
  providePrivacyPorts()
  provideConversationsPorts()
  eraseWorkspaceSteps.provide('files', { eraseWorkspace: async (workspaceId) => void (await files.eraseWorkspace(workspaceId)) })
  eraseWorkspaceSteps.provide('tombstones', { eraseWorkspace: openTombstones(path.join(config.dataFolder, 'keys')).forget })
  importSurroundings.provide({ files })
  contactSurroundings.provide({ publicUrl: linkBase })
  stopPageSurroundings.provide({ database })
  auditSurroundings.provide({ database, headsFolder: auditFoldersIn(config.dataFolder).heads })
  consentSurroundings.provide({ database, files, publicUrl: linkBase })
  requestSurroundings.provide({ database, files, publicUrl: linkBase, callOutside })
  conversationSurroundings.provide({ publicUrl: linkBase, files })
  provideSchedulingPorts()
  calendarSurroundings.provide(calendarReach(config.calendarNetworks))
  calendarProviders.provide(calendarProvidersOf(config))
  provideLeadsPorts()
  leadSurroundings.provide({ publicUrl: linkBase })
  surroundings.provide({
    database,
    files,
    publicUrl: linkBase,
    mailAddress: () => mail.from.address,
    mailLeaves: () => mail.smtpUrl !== undefined,
  })
}

function furnish(services: Services): House {
  const { config } = services
  const accounts = accountsRoom({
    ...services,
    signUp: config.signUp,
    ageLimit: config.signUpAge,
    signUpCountries: config.signUpCountries,
    transferTo: config.signUpTransferTo ?? null,
    documents: signUpDocuments(services.database),
    publicUrl: () => config.publicUrl,
    mail: async (tx, mail) => void (await mailPerson(tx, mail)),
    auditFolders: () => auditFoldersIn(config.dataFolder),
    vacuum: (tables) => vacuumTables(services.urls.owner, tables),
    providers: providersOf(config),
    policies: () => policies,
  })
  const rooms: readonly Room[] = [accounts, contactsRoom, privacyRoom, conversationsRoom, schedulingRoom, leadsRoom]
  const files = fileHousekeeping(services.files)
  const subscribers = rooms.flatMap((room) => room.subscribers)
  const jobs = [
    cleanUp,
    sendMailJob,
    receiveMailJob,
    ...webhookJobs,
    ...files.jobs,
    ...rooms.flatMap((room) => room.jobs),
    ...subscribers.map(({ job }) => job),
  ]
  const platform = mount(platformRoutes, {
    ...statusHandlers(services),
    ...eventHandlers,
    ...jobHandlers(jobs),
    ...outboxHandlers,
    ...webhookHandlers,
  })
  return {
    accounts,
    rooms,
    routes: [...platform, ...rooms.flatMap((room) => room.routes)],
    jobs,
    subscribers,
    schedules: [...files.schedules, ...rooms.flatMap((room) => room.schedules ?? [])],
  }
}

function calendarProvidersOf({ googleCalendar, microsoftCalendar }: Services['config']) {
  return {
    ...(googleCalendar ? { google: { clientId: googleCalendar.id, clientSecret: googleCalendar.secret } } : {}),
    ...(microsoftCalendar
      ? { microsoft: { clientId: microsoftCalendar.id, clientSecret: microsoftCalendar.secret, tenant: microsoftCalendar.tenant } }
      : {}),
  }
}

function providersOf({ google, facebook }: Services['config']): Providers {
  const settings = (client: OAuthClient) => ({ clientId: client.id, clientSecret: client.secret })
  return { ...(google ? { google: settings(google) } : {}), ...(facebook ? { facebook: settings(facebook) } : {}) }
}

/** The house on paper: its routes, jobs and tables without a database, for whoever prepares or examines it. */
export function describeHouse(): House {
  // Rooms keep what they are given and use it when somebody knocks; nobody does here.
  return furnish({ config: { signUp: 'closed' }, clock: () => Temporal.Now.instant() } as unknown as Services)
}

/** Our own principal, for what the server does by itself in a workspace. */
export const systemPrincipal = (workspaceId: WorkspaceId, job: string): Principal => ({ kind: 'system', workspaceId, job })
