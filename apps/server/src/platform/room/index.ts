import type { FastifyInstance } from 'fastify'
import type { Subscriber } from '../events/index.ts'
import type { MountedRoute } from '../http/index.ts'
import type { TableInventory } from '../inventory/index.ts'
import type { Job, Schedule } from '../jobs/index.ts'

/** What one part of the business brings to the house. The house lists its rooms in order and fills their ports. */
export type Room = {
  readonly name: string
  readonly migrations: URL
  // biome-ignore lint/suspicious/noExplicitAny: each table is declared against its own row type
  readonly inventory: readonly TableInventory<any>[]
  readonly routes: readonly MountedRoute[]
  readonly jobs: readonly Job[]
  readonly subscribers: readonly Subscriber[]
  /** What starts by the clock. */
  readonly schedules?: readonly Schedule[]
  /** Pages outside the API: server-rendered HTML, redirects, streams. */
  readonly pages?: (app: FastifyInstance) => void | Promise<void>
}
