/**
 * The typed client. It knows the routes by type only, so that no schema library reaches the browser.
 */
import type { z } from 'zod'
import type { ApiRoutes } from './api.ts'
import type { ProblemDetails } from './problems.ts'

type Part<R, Name extends string> = R extends { readonly [K in Name]: infer S extends z.ZodType }
  ? { readonly [K in Name]: z.input<S> }
  : unknown
type MaybeOptional<T> = T extends { query: infer Q } ? (Partial<Q> extends Q ? Omit<T, 'query'> & { readonly query?: Q } : T) : T

type FilePart<R> = R extends { readonly upload: unknown } ? { readonly file: File } : unknown

export type CallOptions<R> = MaybeOptional<Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'> & FilePart<R>> & {
  /** The version that was read; sent as `If-Match`. */
  readonly version?: number
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}
export type Answer<R> = R extends { readonly download: true }
  ? Blob
  : R extends { readonly answer: infer S extends z.ZodType }
    ? z.output<S>
    : never
export type ApiRouteName = keyof ApiRoutes
type Arguments<R> = Partial<CallOptions<R>> extends CallOptions<R> ? [options?: CallOptions<R>] : [options: CallOptions<R>]

/** A refusal of the server, with its problem details. `slug` is the key of the problem registry. */
export class ApiProblem extends Error {
  readonly details: ProblemDetails
  readonly slug: string
  constructor(details: ProblemDetails) {
    super(details.detail ?? details.title)
    this.name = 'ApiProblem'
    this.details = details
    this.slug = details.type.split('/').slice(-2).join('/')
  }
}

export type ClientSettings = {
  /** Where the server is, without a slash at the end; empty for the same origin. */
  readonly origin?: string
  /** Headers to add to each request, such as the workspace or an API key. */
  readonly headers?: () => Readonly<Record<string, string>>
  readonly fetch?: typeof fetch
}

type LooseOptions = {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  file?: File
  version?: number
  idempotencyKey?: string
  signal?: AbortSignal
}

/** Makes `call('POST /services', { body })`. Throws `ApiProblem` for a refusal and `TypeError` when the network is gone. */
export function apiClient(settings: ClientSettings = {}) {
  return async function call<Name extends ApiRouteName>(
    name: Name,
    ...[options]: Arguments<ApiRoutes[Name]>
  ): Promise<Answer<ApiRoutes[Name]>> {
    const [method = 'GET', template = ''] = name.split(' ')
    const { params, query, body, file, version, idempotencyKey, signal } = (options ?? {}) as LooseOptions
    const path = template.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params?.[key] ?? ''))
    const search = new URLSearchParams(
      Object.entries(query ?? {}).flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, String(value)]])),
    ).toString()
    const headers: Record<string, string> = { accept: 'application/json', ...settings.headers?.() }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (version !== undefined) headers['if-match'] = `"${version}"`
    if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
    const response = await (settings.fetch ?? fetch)(`${settings.origin ?? ''}/api/v1${path}${search ? `?${search}` : ''}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(file === undefined ? {} : { body: formOf(file) }),
      ...(signal ? { signal } : {}),
    })
    if (response.status === 204) return undefined as Answer<ApiRoutes[Name]>
    if (response.ok && response.headers.has('content-disposition')) return (await response.blob()) as Answer<ApiRoutes[Name]>
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok && answer !== undefined) return answer as Answer<ApiRoutes[Name]>
    throw new ApiProblem(
      isProblem(answer) ? answer : { type: 'http/unexpected', title: 'The answer could not be read', status: response.status },
    )
  }
}

/** A browser writes the boundary of such a form, and with it the content type. */
function formOf(file: File): FormData {
  const form = new FormData()
  form.set('file', file)
  return form
}

const isProblem = (value: unknown): value is ProblemDetails =>
  typeof value === 'object' && value !== null && 'type' in value && 'title' in value && 'status' in value
