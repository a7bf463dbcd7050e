import type { Config, Role } from '../config/index.ts'
import type { DatabaseUrls } from '../database/index.ts'

/** What a role is started with. It arrives over the channel from the supervisor, never in arguments, which every user of the machine can read. */
export type RoleStart = {
  readonly role: Role
  readonly config: Config
  readonly database: DatabaseUrls
  /** The built web app: index.html, assets and manifest. Undefined when it could not be built; everything but the desk's screens works without. */
  readonly webFolder: string | undefined
  /** Where the web role listens; see `listenOn`. */
  readonly listen: ListenWish
}

/** A first choice of port, and whether the next free one will do. */
export type ListenWish = { readonly host: string; readonly port: number; readonly orNextFree: boolean }

/** A role at work. */
export type RunningRole = {
  /** The port on which the web role listens. */
  readonly port?: number
  /** Paragraphs to print once at the start: the setup link, what is not set up yet. */
  readonly notices?: readonly string[]
  /** Takes nothing new, finishes what is under way, closes its connections. Cut off after ten seconds. */
  readonly stop: () => Promise<void>
}

/** How the house starts a role. */
export type StartRole = (start: RoleStart) => Promise<RunningRole>

/** What a role tells the supervisor. */
export type FromRole =
  | { readonly kind: 'ready'; readonly port: number | undefined; readonly notices: readonly string[] }
  | { readonly kind: 'failed'; readonly why: string }

/** What the supervisor tells a role. */
export type ToRole = { readonly kind: 'begin'; readonly start: RoleStart } | { readonly kind: 'stop' }

/** How long a role may take to finish what is under way, in milliseconds. */
export const DRAIN_MS = 10_000

/**
 * Node's flags for roles, and for whoever compiles their code ahead, since compiled code is kept by flags. They keep several processes in a small machine: a young
 * generation that does not swell, and an old one with an end, after which the role starts anew instead of taking the machine with it.
 */
export const ROLE_FLAGS: readonly string[] = ['--max-semi-space-size=4', '--max-old-space-size=384']
