import path from 'node:path'
import type { Config, Role } from '../config/index.ts'
import type { DatabaseUrls } from '../database/index.ts'
import { localUrl, withoutSecrets } from './banner.ts'
import type { ClaimedFolder } from './data-folder.ts'
import type { RoleStart } from './role.ts'
import { RoleOutput } from './role-output.ts'
import { SupervisedPostgres } from './supervised-postgres.ts'
import { type Ready, Stopped, SupervisedRole } from './supervised-role.ts'
import { buildWebApp, type WebBuild } from './web-build.ts'

/** The database that holds everything on the built-in server. */
export const BUILT_IN_DATABASE = 'frontdesk'

/** What the composition root gives the supervisor. */
export type DeskSettings = {
  readonly config: Config
  /** The data folder, which is ours by now. */
  readonly claim: ClaimedFolder
  /** The program that runs a role: `main.ts --role <role>`. */
  readonly main: string
  /** Makes roles, database and the newest schema. */
  readonly prepareDatabase: (administratorUrl: string, database: string) => Promise<DatabaseUrls>
  readonly say: (sentence: string) => void
}

/** Everything that runs on this machine, in its order: database, schema, web app, roles. */
export class Desk {
  readonly #settings: DeskSettings
  readonly #output: RoleOutput
  #postgres: Promise<SupervisedPostgres> | undefined
  #database: DatabaseUrls | undefined
  #web: WebBuild | undefined
  #roles: readonly SupervisedRole[] = []
  #port: number | undefined
  #stopping = false

  constructor(settings: DeskSettings) {
    this.#settings = settings
    this.#output = new RoleOutput(path.join(settings.config.dataFolder, 'logs'), settings.say)
  }

  /** Starts everything; answers the web role's port and what there is to say. */
  async start(): Promise<{ port: number | undefined; notices: readonly string[] }> {
    const { config, say } = this.#settings
    const prepared = Promise.all([this.#buildWeb(), this.prepareDatabase()]).then(([web]) => {
      this.#goOn()
      this.#web = web
    })
    // The roles read their code meanwhile; none begins before the database is ready.
    this.#roles = config.roles.map((role) => this.#supervise(role, prepared))
    const begun = Promise.all(this.#roles.map((role) => role.start()))
    begun.catch(() => undefined) // a database that cannot be used is what is said
    await prepared
    const ready = await begun
    this.#goOn()
    this.#port = ready.map(({ port }) => port).find((port) => port !== undefined)
    this.#settings.claim.note({ url: this.url })
    const web = this.#web
    if (web?.problem)
      say(`The screens of the desk could not be built${web.folder ? ', so the last ones that could are shown' : ''}. ${web.problem}`)
    return { port: this.#port, notices: ready.flatMap(({ notices }: Ready) => notices) }
  }

  /** Where the web role answers on this computer. */
  get url(): string | undefined {
    return this.#port === undefined ? undefined : localUrl(this.#settings.config.http.host, this.#port)
  }

  /** Brings the database up and its schema to the newest version. */
  async prepareDatabase(): Promise<void> {
    const { config, prepareDatabase } = this.#settings
    const { databaseUrl } = config
    this.#database = databaseUrl
      ? await prepareDatabase(databaseUrl, databaseOf(databaseUrl)).catch((error: unknown) => {
          throw new Error(`The database at ${withoutSecrets(databaseUrl)} cannot be used. ${sentenceOf(error)}\nCheck DATABASE_URL.`, {
            cause: error,
          })
        })
      : await prepareDatabase((await this.#startPostgres()).server.superuserUrl, BUILT_IN_DATABASE)
  }

  /** Replaces every role's process by a fresh one. */
  async restartRoles(): Promise<void> {
    await Promise.all(this.#roles.map((role) => role.restart()))
  }

  /** Roles finish what is under way, then the database stops. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#settings.claim.note({ url: this.url, stopping: true })
    await Promise.all(this.#roles.map((role) => role.stop()))
    const postgres = await this.#postgres?.catch(() => undefined)
    await postgres?.stop()
    this.#settings.claim.release()
  }

  /** Ends the roles in the middle of their work. The database still stops properly; it needs a moment only. */
  kill(): void {
    for (const role of this.#roles) role.kill()
  }

  #startPostgres(): Promise<SupervisedPostgres> {
    const { config, say, prepareDatabase } = this.#settings
    this.#postgres ??= SupervisedPostgres.start({
      dataFolder: config.dataFolder,
      options: { account: config.postgresAccount },
      say,
      moved: (superuserUrl) => {
        prepareDatabase(superuserUrl, BUILT_IN_DATABASE)
          .then((database) => {
            this.#database = database
            return this.restartRoles()
          })
          .catch((error: unknown) => say(sentenceOf(error)))
      },
    })
    return this.#postgres
  }

  #buildWeb(): Promise<WebBuild> {
    const { config, say } = this.#settings
    if (!config.roles.includes('web')) return Promise.resolve({ folder: undefined })
    return buildWebApp(config.cloneRoot, config.dataFolder, () => say('Building the screens; this happens only when they changed.'))
  }

  #supervise(role: Role, prepared: Promise<void>): SupervisedRole {
    const { config, main, say } = this.#settings
    return new SupervisedRole({
      role,
      main,
      environment: roleEnvironment(config),
      output: this.#output,
      say,
      begin: () => prepared.then(() => this.#begin(role)),
    })
  }

  #begin(role: Role): RoleStart {
    const { config } = this.#settings
    if (!this.#database) throw new Error('A role was started before its database.')
    // Whatever stands in front of us looks for us at one port. After a restart, so do the people whose browsers are open.
    const expected = config.publicUrl !== undefined && config.domain === undefined
    const listen = { host: config.http.host, port: this.#port ?? config.http.port, orNextFree: this.#port === undefined && !expected }
    return { role, config, database: this.#database, webFolder: this.#web?.folder, listen }
  }

  #goOn(): void {
    if (this.#stopping) throw new Stopped()
  }
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The bootstrap keeps compiled code beside node_modules; where it may not write there, it lies with the data. */
export const roleEnvironment = (config: Config): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(config.dataFolder, 'cache', 'code'),
})

/** The database that an address names. */
export const databaseOf = (databaseUrl: string): string => decodeURIComponent(new URL(databaseUrl).pathname.slice(1)) || BUILT_IN_DATABASE
