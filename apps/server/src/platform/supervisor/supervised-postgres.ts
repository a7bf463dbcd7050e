import { setTimeout as pause } from 'node:timers/promises'
import { type PostgresServer, type PostgresServerOptions, startPostgresServer } from '../postgres-server/index.ts'

const BACKOFF_MS = [50, 1_000, 2_000, 5_000, 15_000, 30_000] as const
const HEALTHY_MS = 60_000
const LOG_CHECK_MS = 10 * 60_000

export type SupervisedPostgresSettings = {
  readonly dataFolder: string
  readonly options: PostgresServerOptions
  readonly say: (sentence: string) => void
  /** Called after a restart on another port, because its old one was taken meanwhile. */
  readonly moved: (superuserUrl: string) => void
}

/** Keeps the built-in PostgreSQL running: starts it again when it dies. The roles reconnect by themselves. */
export class SupervisedPostgres {
  readonly #settings: SupervisedPostgresSettings
  #server: PostgresServer
  #stopping = false
  #restart: Promise<void> | undefined

  private constructor(settings: SupervisedPostgresSettings, server: PostgresServer) {
    this.#settings = settings
    this.#server = server
    this.#watch()
    setInterval(() => this.#server.rotateLog(), LOG_CHECK_MS).unref()
  }

  static async start(settings: SupervisedPostgresSettings): Promise<SupervisedPostgres> {
    return new SupervisedPostgres(settings, await startPostgresServer(settings.dataFolder, settings.options))
  }

  get server(): PostgresServer {
    return this.#server
  }

  /** PostgreSQL's fast shutdown, also when it is just being started again. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#restart
    await this.#server.stop()
  }

  #watch(): void {
    const since = performance.now()
    void this.#server.gone.then(() => {
      if (this.#stopping) return
      this.#settings.say('PostgreSQL stopped. It starts again; what was acknowledged is safe.')
      this.#restart = this.#startAgain(performance.now() - since > HEALTHY_MS ? 0 : 1)
    })
  }

  async #startAgain(crashes: number): Promise<void> {
    const { port } = this.#server
    for (let attempt = crashes; !this.#stopping; attempt++) {
      await pause(BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)])
      try {
        this.#server = await startPostgresServer(this.#settings.dataFolder, this.#settings.options)
        this.#watch()
        if (this.#server.port !== port) this.#settings.moved(this.#server.superuserUrl)
        return
      } catch (error) {
        this.#settings.say(error instanceof Error ? error.message : String(error))
      }
    }
  }
}
