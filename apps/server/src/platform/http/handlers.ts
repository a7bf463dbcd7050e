import type { Person, Principal, Route, RouteTable, UploadRule, WorkspaceId } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import type { z } from 'zod'
import type { Database, WorkspaceTx } from '../database/index.ts'
import type { StoredFile } from '../files/file-rows.ts'
import type { Policy } from '../policy/index.ts'
import type { FileAnswer } from './file-answers.ts'
import type { RateLimit } from './rate-limit.ts'

type Parsed<R, Part extends string> = R extends { readonly [K in Part]: infer S extends z.ZodType } ? z.output<S> : undefined

/** What every handler is given: the validated parts of the request and facts about the connection. */
export type Knock<R = Route> = {
  readonly params: Parsed<R, 'params'>
  readonly query: Parsed<R, 'query'>
  readonly body: Parsed<R, 'body'>
  readonly request: RequestFacts
  readonly now: Temporal.Instant
}

export type RequestFacts = {
  readonly id: string
  readonly ip: string
  readonly userAgent: string
  /** The reader's languages, best first, from Accept-Language. */
  readonly languages: readonly string[]
  readonly cookies: Readonly<Record<string, string | undefined>>
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** scheme://host the person sees, without a slash at the end. */
  readonly origin: string
}

/** Inside a workspace: everything happens in one transaction, which commits when the handler returns. */
export type WorkspaceKnock<R = Route> = Knock<R> & {
  readonly tx: WorkspaceTx
  readonly by: Principal
  /** The version that was read, from `If-Match`; set on routes that declare `ifMatch`. */
  readonly version: R extends { readonly ifMatch: true } ? number : undefined
  /** The file that was sent, on routes with `upload`. It lies in the store already; `recordFile` makes it known, and without that it is erased again. */
  readonly file: R extends { readonly upload: UploadRule } ? StoredFile : undefined
}

/** Outside of workspaces: sign-in and the like, which bring their own database. */
export type OutsideKnock<R = Route> = Knock<R> & { readonly database: Database; readonly reply: FastifyReply }
export type PersonKnock<R = Route> = OutsideKnock<R> & { readonly person: Person }

type Give<R> = R extends { readonly download: true }
  ? FileAnswer
  : R extends { readonly answer: infer S extends z.ZodType }
    ? z.input<S>
    : never

/** After the rollback: adds to a refusal what can only be known then, such as which times are free now. What it gives back is thrown. */
type AfterRefusal<R> = (
  error: unknown,
  knock: Knock<R> & { readonly database: Database; readonly workspaceId: WorkspaceId; readonly by: Principal },
) => Promise<unknown>

/** Before the transaction, once the permission is given: what takes time elsewhere and must be known inside. */
type Before<R> = (
  knock: Knock<R> & { readonly database: Database; readonly workspaceId: WorkspaceId; readonly by: Principal },
) => Promise<void>

/** A route of members and API keys. `may` is the permission, and the scope an API key needs. */
export type MemberHandler<R> = {
  readonly policy: Policy<string>
  readonly may: string
  readonly limit?: RateLimit
  readonly before?: Before<R>
  readonly run: (knock: WorkspaceKnock<R>) => Promise<Give<R>>
  readonly afterRefusal?: AfterRefusal<R>
}

export type PersonHandler<R> = { readonly limit?: RateLimit; readonly run: (knock: PersonKnock<R>) => Promise<Give<R>> }

/** A public route outside of workspaces. A limit is mandatory: anybody may knock. */
export type OutsideHandler<R> = {
  readonly limit: RateLimit
  readonly enter?: undefined
  readonly run: (knock: OutsideKnock<R>) => Promise<Give<R>>
}

/** A public route that finds its workspace first (by slug or signed link) and then works inside it. */
export type EntryHandler<R> = {
  readonly limit: RateLimit
  readonly policy: Policy<string>
  readonly may: string
  readonly enter: (
    knock: Knock<R> & { readonly database: Database },
  ) => Promise<{ readonly workspaceId: WorkspaceId; readonly by: Principal }>
  readonly before?: Before<R>
  readonly run: (knock: WorkspaceKnock<R>) => Promise<Give<R>>
  readonly afterRefusal?: AfterRefusal<R>
}

export type Handler<R = Route> = R extends { readonly access: 'member' }
  ? MemberHandler<R>
  : R extends { readonly access: 'person' }
    ? PersonHandler<R>
    : R extends { readonly access: 'link' }
      ? EntryHandler<R>
      : OutsideHandler<R> | EntryHandler<R>

/** One handler for each route of a table; a route without one does not compile. */
export type Handlers<Table extends RouteTable> = { readonly [Name in keyof Table]: Handler<Table[Name]> }

export type AnyHandler = MemberHandler<Route> | PersonHandler<Route> | OutsideHandler<Route> | EntryHandler<Route>
export type MountedRoute = { readonly name: string; readonly route: Route; readonly handler: AnyHandler }

/** Joins a room's route table with its handlers. */
export function mount<Table extends RouteTable>(table: Table, handlers: Handlers<Table>): readonly MountedRoute[] {
  return Object.entries(table).map(([name, route]) => {
    const handler = (handlers as Record<string, unknown>)[name]
    if (handler === undefined) throw new Error(`The route ${name} has no handler.`)
    return { name, route, handler: handler as AnyHandler }
  })
}

/** The permission a route needs, where it works inside a workspace. */
export const permissionOf = (handler: AnyHandler): { policy: Policy<string>; may: string } | undefined =>
  'may' in handler ? { policy: handler.policy, may: handler.may } : undefined
