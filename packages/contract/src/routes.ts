import { z } from 'zod'
import type { ProblemType } from './problems.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** `METHOD /path/{param}`, below `/api/v1`. */
export type RouteName = `${Method} /${string}`

/**
 * Who may knock: `public` anybody; `person` somebody signed in, in no workspace yet; `member` a member or API key of a workspace, whose permission is
 * then checked; `link` the bearer of a signed link.
 */
export type Access = 'public' | 'person' | 'member' | 'link'

/** What a file that is sent may be: its types, told by its content and not by its name, and its size. */
export type UploadRule = {
  readonly purpose: 'picture' | 'attachment' | 'import'
  /** Empty: any; the use case looks at the content itself. */
  readonly types: readonly string[]
  readonly maxBytes: number
}

/** What one route takes and answers. The response schema is mandatory: what it does not list never leaves the server. */
export type Route = {
  readonly summary: string
  readonly description?: string
  readonly access: Access
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** The body is one file instead of JSON, as `multipart/form-data`. For PUT: the same file sent twice leaves what it left the first time. */
  readonly upload?: UploadRule
  /** The success status; 200 unless said otherwise. 204 has no body. */
  readonly status?: 200 | 201 | 202 | 204
  readonly answer: z.ZodType
  /** The answer is a file to save instead of JSON; `answer` is `fileToSave` then. */
  readonly download?: true
  /** Refusals a caller should expect besides the general ones. */
  readonly refusals?: readonly ProblemType[]
  /** The largest body in bytes, where a file travels in it; 1 MB unless given. */
  readonly maxBodyBytes?: number
  /** The body is where such numbers belong, so that it is not looked through for card and Social Security numbers. */
  readonly numbers?: 'belong'
  /** The answer is shown once and never stored: an idempotency key does nothing here. */
  readonly answerIsSecret?: true
  /** The edit carries `If-Match` with the version that was read. */
  readonly ifMatch?: true
}

export type RouteTable = Readonly<Record<RouteName, Route>>

/** The answer of a route that gives a file: nothing as JSON. */
export const fileToSave = z.undefined()

/** Keeps the literal types of one room's routes. */
export const routes = <const Table extends RouteTable>(table: Table): Table => table
