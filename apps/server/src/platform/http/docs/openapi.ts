import { ProblemDetails, type ProblemType, problems, type Route } from '@frontdesk/contract'
import type { z } from 'zod'
import { type MountedRoute, permissionOf } from '../handlers.ts'
import { everydayLimit } from '../rate-limit.ts'
import { acceptedSample, type JsonSchema, SchemaBook, sampleOf } from './json-schemas.ts'

/** One operation of the document, as far as the readable docs need it. */
export type Operation = {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly required: true; readonly content: Readonly<Record<string, Media>> }
  readonly responses: Readonly<Record<string, Response>>
  /** The permission a member's role or an API key's scopes must include, and the roles that do. */
  readonly 'x-permission'?: string
  readonly 'x-roles'?: readonly string[]
}
export type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: JsonSchema
}
export type Media = { readonly schema: JsonSchema; readonly example?: unknown }
export type Response = {
  readonly description: string
  readonly headers?: Readonly<Record<string, unknown>>
  readonly content?: Readonly<Record<string, Media>>
  readonly 'x-problems'?: readonly ProblemType[]
}

/** An OpenAPI 3.1 document. */
export type OpenApi = {
  readonly openapi: '3.1.1'
  readonly info: Readonly<Record<string, unknown>>
  readonly servers: readonly { readonly url: string; readonly description: string }[]
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly securitySchemes: Readonly<Record<string, unknown>>
    readonly headers: Readonly<Record<string, unknown>>
  }
}

const introduction = `The API that Frontdesk's own app uses, and all of it.

- **Who.** A browser sends its session cookie; a program sends \`Authorization: Bearer fdk_…\` with an API key whose scopes are the permissions named below.
- **Where.** \`Frontdesk-Workspace\` names the workspace when a person works in several. An API key belongs to one.
- **Lists** answer \`items\` and \`next\`; send \`next\` back as \`cursor\` for the following page.
- **Writing twice.** A POST with an \`Idempotency-Key\` is done once: a repetition gets the first answer, with \`Idempotent-Replayed: true\`, for 24 hours.
- **Editing.** Send the version you read as \`If-Match: "3"\`. Somebody was faster: 412 with the current values.
- **Refusals** are problem details (RFC 9457). \`type\` leads to its explanation; \`detail\` says what was kept and what to do next; \`faults\` lists every wrong field.
- **Catching up.** \`GET /events\` gives what happened, in order and without gaps; \`GET /stream\` tells a browser at once.
- **Times** are RFC 3339 in UTC; wall-clock times come with their IANA zone. Money is in minor units, as a decimal string.`

/** Describes every route that is mounted, from the same tables that check the requests. */
export function openApi(routes: readonly MountedRoute[], version: string): OpenApi {
  const book = new SchemaBook()
  book.write(ProblemDetails, 'output')
  const paths: Record<string, Record<string, Operation>> = {}
  for (const mounted of routes) {
    const [method = '', path = ''] = mounted.name.split(' ')
    const operations = paths[path] ?? {}
    operations[method.toLowerCase()] = operationOf(mounted, book)
    paths[path] = operations
  }
  paths['/stream'] = { get: streamOperation }
  const sorted = Object.fromEntries(Object.entries(paths).sort(([left], [right]) => left.localeCompare(right)))
  const tags = [
    ...new Set(Object.values(sorted).flatMap((operations) => Object.values(operations).flatMap((operation) => operation.tags))),
  ].sort()
  return {
    openapi: '3.1.1',
    info: { title: 'Frontdesk API', version, description: introduction, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/api/v1', description: 'This server' }],
    tags: tags.map((name) => ({ name })),
    paths: sorted,
    components: { schemas: book.components, securitySchemes, headers },
  }
}

function operationOf(mounted: MountedRoute, book: SchemaBook): Operation {
  const { name, route, handler } = mounted
  const permission = permissionOf(handler)
  const content = bodyOf(route, book)
  return {
    operationId: operationId(name),
    tags: [tagOf(name)],
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    security: securityOf(route, permission?.may),
    parameters: parametersOf(name, route, book),
    ...(content ? { requestBody: { required: true as const, content } } : {}),
    responses: responsesOf(mounted, book),
    ...(permission ? { 'x-permission': permission.may, 'x-roles': permission.policy.permissions[permission.may] ?? [] } : {}),
  }
}

function bodyOf({ body, upload }: Route, book: SchemaBook): Readonly<Record<string, Media>> | undefined {
  if (upload) {
    const file = { type: 'string', format: 'binary', description: `${upload.types.join(', ')}; at most ${upload.maxBytes / 1_000_000} MB.` }
    return { 'multipart/form-data': { schema: { type: 'object', properties: { file }, required: ['file'] } } }
  }
  if (!body) return undefined
  const schema = book.write(body, 'input')
  return { 'application/json': { schema, example: acceptedSample(body, schema, book) } }
}

/** `POST /services/{serviceId}/pause` → `postServicesByServiceIdPause`. */
function operationId(name: string): string {
  const [method = '', path = ''] = name.split(' ')
  const words = path
    .replace(/\{(\w+)\}/g, 'by-$1')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
  return method.toLowerCase() + words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')
}

const tagOf = (name: string): string => (name.split(' ')[1]?.split('/')[1] ?? '').replaceAll('-', ' ')

function securityOf({ access }: Route, permission: string | undefined): Operation['security'] {
  if (access === 'member') return [{ session: [] }, { apiKey: permission ? [permission] : [] }]
  return access === 'person' ? [{ session: [] }] : []
}

function parametersOf(name: string, route: Route, book: SchemaBook): readonly Parameter[] {
  const from = (schema: z.ZodObject | undefined, place: 'path' | 'query') => {
    if (!schema) return []
    const json = book.write(schema, 'input')
    return Object.entries(json.properties ?? {}).map(([key, value]) => ({
      name: key,
      in: place,
      required: place === 'path' || (json.required ?? []).includes(key),
      schema: value,
    }))
  }
  const writes = name.startsWith('POST ') && route.access !== 'person'
  return [
    ...from(route.params, 'path'),
    ...from(route.query, 'query'),
    ...(route.access === 'member' ? [workspaceHeader] : []),
    ...(writes ? [idempotencyHeader] : []),
    ...(route.ifMatch ? [ifMatchHeader] : []),
  ]
}

const workspaceHeader: Parameter = {
  name: 'Frontdesk-Workspace',
  in: 'header',
  required: false,
  description: 'The workspace, for a person who works in several.',
  schema: { type: 'string', format: 'uuid' },
}
const idempotencyHeader: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A new one for each write that is meant: a repetition under the same key gets the first answer.',
  schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
}
const ifMatchHeader: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The version that was read, as in the ETag.',
  schema: { type: 'string', examples: ['"3"'] },
}

const general = (name: string, route: Route): readonly ProblemType[] => {
  const writes = name.startsWith('POST ') && (route.access === 'member' || route.access === 'link')
  return [
    ...(route.body || route.query ? (['http/invalid-request'] as const) : []),
    ...(route.body ? (['http/not-json', 'http/too-large', 'http/unsupported-media-type'] as const) : []),
    ...(route.upload ? (['http/invalid-request', 'http/too-large', 'http/unsupported-media-type', 'files/refused'] as const) : []),
    ...(route.access === 'member' || route.access === 'person' ? (['http/not-signed-in'] as const) : []),
    ...(route.access === 'member' ? (['http/not-allowed', 'http/missing-scope'] as const) : []),
    ...(route.params ? (['http/not-found'] as const) : []),
    ...(writes ? (['http/idempotency-key-reused'] as const) : []),
    ...(route.ifMatch ? (['http/version-mismatch', 'http/version-required'] as const) : []),
    'http/too-many-requests',
    'http/unexpected',
    'http/unavailable',
  ]
}

function responsesOf({ name, route }: MountedRoute, book: SchemaBook): Readonly<Record<string, Response>> {
  const status = route.status ?? 200
  const schema = status === 204 || route.download ? undefined : book.write(route.answer, 'output')
  const versioned = schema && book.resolve(schema).properties?.version !== undefined
  const success: Response = {
    description:
      status === 204
        ? 'Done; there is nothing to say.'
        : status === 201
          ? 'Made.'
          : status === 202
            ? 'Taken on; it happens next.'
            : route.download
              ? 'The file, to be saved.'
              : 'The answer.',
    headers: { ...limitHeaders, ...(versioned ? { ETag: { $ref: '#/components/headers/ETag' } } : {}) },
    ...(route.download ? { content: { '*/*': { schema: { type: 'string', format: 'binary' } } } } : {}),
    ...(schema ? { content: { 'application/json': { schema, example: sampleOf(schema, book) } } } : {}),
  }
  const refusals = [...new Set([...general(name, route), ...(route.refusals ?? [])])]
  const byStatus = Map.groupBy(refusals, (type) => problems[type].status)
  const answers = [...byStatus].sort(([left], [right]) => left - right).map(([code, types]) => [String(code), refusalOf(types)] as const)
  return { [status]: success, ...Object.fromEntries(answers) }
}

const refusalOf = (types: readonly ProblemType[]): Response => ({
  description: types.map((type) => `${problems[type].title} (\`${type}\`)`).join('; '),
  headers: limitHeaders,
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/ProblemDetails' },
      example: types[0] && { type: `/api/problems/${types[0]}`, title: problems[types[0]].title, status: problems[types[0]].status },
    },
  },
  'x-problems': types,
})

const limitHeaders = {
  RateLimit: { $ref: '#/components/headers/RateLimit' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimit-Policy' },
}

const headers = {
  ETag: { description: 'The version, for If-Match.', schema: { type: 'string', examples: ['"3"'] } },
  RateLimit: {
    description: 'What is left of the limit: r requests in t seconds.',
    schema: { type: 'string', examples: [`"${everydayLimit.name}";r=1199;t=60`] },
  },
  'RateLimit-Policy': {
    description: 'The limit: q requests in w seconds.',
    schema: { type: 'string', examples: [`"${everydayLimit.name}";q=${everydayLimit.requests};w=${everydayLimit.seconds}`] },
  },
}

const securitySchemes = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-frontdesk',
    description: 'The cookie of a signed-in browser. Writes have to come from our own pages.',
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'fdk_…',
    description: 'An API key of one workspace. Its scopes are the permissions it may use.',
  },
}

const streamOperation: Operation = {
  operationId: 'getStream',
  tags: ['events'],
  summary: 'Server-Sent Events: what happens, as it happens',
  description:
    'Each message is `{ type, workspaceId, ids }`; fetch what you may see. The event `missed` says that messages may have been lost: fetch what you show. Nothing is kept for replay.',
  security: [{ session: [] }],
  parameters: [{ name: 'workspace', in: 'query', required: true, schema: { type: 'string', format: 'uuid' } }],
  responses: {
    200: { description: 'The stream.', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    401: refusalOf(['http/not-signed-in']),
    403: refusalOf(['http/not-allowed']),
    429: refusalOf(['http/too-many-requests']),
  },
}
