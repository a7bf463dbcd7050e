import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { api, type Role, roles } from '@frontdesk/contract'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { houseRoutes } from '../../apps/server/src/house.ts'
import { routeInLog } from '../../apps/server/src/platform/audit/index.ts'
import { permissionOf } from '../../apps/server/src/platform/http/index.ts'
import { newDataFolder, removeDataFolder } from '../setup/desk.ts'
import { type DeskHere, startDeskHere } from '../setup/desk-here.ts'
import { addService, type Browser, becomeOwner, browserOf, ownerAccount } from '../setup/owner.ts'
import { type Components, type JsonSchema, sampleOf } from './sample.ts'

/** Stands in every text of the workspace that must not leak. */
const MARKER = 'Zanzibar-7731'

type Operation = {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: JsonSchema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> }
}
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Components }
}
type Knock = { readonly cookieOf?: Browser; readonly key?: string; readonly workspaceId?: string }

const dataFolder = newDataFolder()
let desk: DeskHere
let document: Document
let owner: Awaited<ReturnType<typeof becomeOwner>>
let stranger: Browser
let strangerWorkspaceId: string
let known: Record<string, unknown>
const members = new Map<Role, Browser>()

const names = Object.keys(api) as (keyof typeof api)[]
const mounted = new Map(houseRoutes().map(({ name, route, handler }) => [name, { route, permission: permissionOf(handler) }]))

beforeAll(async () => {
  desk = await startDeskHere({ dataFolder, args: ['--port', '0'], env: { SIGN_UP: 'open' } })
  owner = await becomeOwner(desk)
  document = (await (await fetch(`${desk.url}/api/openapi.json`)).json()) as Document
  known = await furnish(owner)
  for (const role of roles) members.set(role, role === 'owner' ? owner : await join(owner, role))
  await owner.call('POST /workspaces', { body: { name: 'Elsewhere', zone: 'Europe/Madrid', locale: 'es-ES', currency: 'EUR' } })
  const elsewhere = (await owner.call('GET /me')).workspaces.find(({ name }) => name === 'Elsewhere')
  strangerWorkspaceId = elsewhere?.id ?? ''
  stranger = await join(owner, 'admin', strangerWorkspaceId)
  await owner.call('PUT /current-workspace', { body: { workspaceId: owner.workspace.id } })
}, 120_000)

afterAll(async () => {
  await desk.stop()
  removeDataFolder(dataFolder)
})

/** A contact, a service, a booking and the rest, all carrying the marker, by the names of their path parameters. */
async function furnish(browser: typeof owner): Promise<Record<string, unknown>> {
  const service = await addService(browser, { name: `Service ${MARKER}`, durationMinutes: 30 })
  const page = { workspaceSlug: browser.workspace.slug, serviceSlug: service.slug }
  const days = await browser.call('GET /pages/{workspaceSlug}/{serviceSlug}/days', { params: page, query: { days: 31 } })
  const start = days.days.flatMap(({ slots }) => slots)[0]?.start
  if (!start) throw new Error('The sample service offers no time.')
  await browser.call('POST /pages/{workspaceSlug}/{serviceSlug}/bookings', {
    params: page,
    body: { start, name: `Guest ${MARKER}`, email: `guest-${MARKER.toLowerCase()}@example.com`, note: `Note ${MARKER}` },
    idempotencyKey: randomUUID(),
  })
  const now = Temporal.Now.instant()
  const bookings = await browser.call('GET /bookings', { query: { from: now.toString(), to: now.add({ hours: 24 * 60 }).toString() } })
  const contacts = await browser.call('GET /contacts')
  const day = now.toZonedDateTimeISO('UTC').toPlainDate()
  const waiting = await browser.call('POST /waitlist', {
    body: {
      serviceId: service.id,
      contact: { name: `Waiting ${MARKER}`, email: `waiting-${MARKER.toLowerCase()}@example.com` },
      fromDate: day.add({ days: 60 }).toString(),
      untilDate: day.add({ days: 90 }).toString(),
    },
    idempotencyKey: randomUUID(),
  })
  const staff = await browser.call('GET /staff')
  return {
    serviceId: service.id,
    serviceSlug: service.slug,
    workspaceSlug: browser.workspace.slug,
    bookingId: bookings.items[0]?.id,
    entryId: waiting.id,
    contactId: contacts.items[0]?.id,
    staffId: staff.items[0]?.id,
    serviceIds: [service.id],
    slug: browser.workspace.slug,
    memberId: browser.workspace.memberId,
  }
}

async function join(browser: Browser, role: Role, workspaceId?: string): Promise<Browser> {
  const inviter = workspaceId ? within(browser, workspaceId) : browser.fetch
  const invited = await inviter(`${desk.url}/api/v1/invitations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      role: role === 'auditor' ? role : role,
      ...(role === 'auditor' ? { memberUntil: Temporal.Now.instant().add({ hours: 48 }).toString() } : {}),
    }),
  })
  const { link } = (await invited.json()) as { link: string }
  const joined = browserOf(desk.url)
  const { accepts } = await joined.call('GET /sign-up')
  const opened = { locale: 'en', documents: accepts.map(({ document, sha256 }) => ({ document, sha256 })) } as const
  await joined.call('POST /join/{token}', {
    params: { token: link.split('/').at(-1) ?? '' },
    body: {
      name: `A ${role}`,
      email: `${role}-${randomUUID().slice(0, 8)}@example.com`,
      password: ownerAccount.password,
      age: 34,
      accepts: opened,
    },
  })
  return joined
}

const within =
  (browser: Browser, workspaceId: string): typeof fetch =>
  (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('frontdesk-workspace', workspaceId)
    return browser.fetch(input, { ...init, headers })
  }

/** The window of the everyday limit. */
const LONGEST_WAIT_SECONDS = 60

async function knock(name: string, who: Knock, valid: boolean): Promise<{ status: number; text: string; type: string }> {
  const [method = '', template = ''] = name.split(' ')
  const operation = document.paths[`/api/v1${template}`]?.[method.toLowerCase()] ?? document.paths[template]?.[method.toLowerCase()]
  if (!operation) throw new Error(`${name} is missing from the OpenAPI document.`)
  const sample = (schema: JsonSchema, field: string) => sampleOf(schema, document.components.schemas, known, field)
  const place = template.replace(/\{(\w+)\}/g, (_, field: string) => {
    const parameter = operation.parameters?.find((one) => one.name === field)
    return encodeURIComponent(String(sample(parameter?.schema ?? {}, field)))
  })
  const query = (operation.parameters ?? [])
    .filter((one) => one.in === 'query' && one.required)
    .map((one) => [one.name, String(sample(one.schema, one.name))])
  const schema = operation.requestBody?.content['application/json']?.schema
  const send: typeof fetch = who.cookieOf ? (who.workspaceId ? within(who.cookieOf, who.workspaceId) : who.cookieOf.fetch) : fetch
  const response = await send(`${desk.url}/api/v1${place}${query.length > 0 ? `?${new URLSearchParams(query)}` : ''}`, {
    method,
    headers: {
      ...(schema ? { 'content-type': 'application/json' } : {}),
      'if-match': '"1"',
      ...(who.key ? { authorization: `Bearer ${who.key}` } : {}),
    },
    ...(schema ? { body: JSON.stringify(valid ? sample(schema, '') : {}) } : {}),
  })
  // So many routes in a row are more than a person asks for in a minute: the server says how long to wait.
  const wait = Number(response.headers.get('retry-after') ?? 0)
  if (response.status === 429 && wait > 0 && wait <= LONGEST_WAIT_SECONDS) {
    await pause(wait * 1000)
    return knock(name, who, valid)
  }
  const text = await response.text()
  const type = /"type":"\/api\/problems\/([^"]+)"/.exec(text)?.[1] ?? ''
  return { status: response.status, text, type }
}

const fail = (why: string): never => {
  throw new Error(why)
}
const streamOf = () => `${desk.url}/api/v1/stream?workspace=${owner.workspace.id}`
const statusOf = async (name: string, who: Browser) => (await knock(name, { cookieOf: who, workspaceId: owner.workspace.id }, true)).status

/** What a test needs that takes weeks otherwise. */
async function inDatabase(text: string, values: readonly unknown[] = []) {
  const client = new pg.Client({ connectionString: desk.administrator })
  await client.connect()
  try {
    return await client.query(text, [...values])
  } finally {
    await client.end()
  }
}

describe('the route tables and the OpenAPI document', () => {
  it('name the same routes', () => {
    const documented = Object.entries(document.paths).flatMap(([place, operations]) =>
      Object.keys(operations)
        .filter((method) => /^(get|post|put|patch|delete)$/.test(method))
        .map((method) => `${method.toUpperCase()} ${place.replace(/^\/api\/v1/, '')}`),
    )
    // The stream of live events answers no JSON, so it is a page and not a row of a table.
    expect(documented.sort()).toEqual([...names, 'GET /stream'].sort())
    expect([...mounted.keys()].sort()).toEqual([...names].sort())
  })

  it('have a permission that a policy knows for every route of members', () => {
    const without = [...mounted].filter(
      ([, { route, permission }]) => route.access === 'member' && !(permission && permission.may in permission.policy.permissions),
    )
    expect(without.map(([name]) => name)).toEqual([])
  })

  it('would notice a new route without a policy', () => {
    const route = { summary: 'New', access: 'member', answer: api['GET /me'].answer } as const
    const careless = { name: 'GET /new', route, permission: permissionOf({ run: async () => undefined } as never) }
    expect(careless.permission).toBeUndefined()
  })
})

describe('nobody', () => {
  it.each(names.filter((name) => api[name].access === 'member' || api[name].access === 'person'))('is turned away at %s', async (name) => {
    const { status, type } = await knock(name, {}, true)
    expect([status, type]).toEqual([401, 'http/not-signed-in'])
  })

  it.each(names.filter((name) => api[name].access === 'link'))('gets nothing with a made-up link at %s', async (name) => {
    const { status, text } = await knock(name, {}, true)
    expect([400, 404, 410]).toContain(status)
    expect(text).not.toContain(MARKER)
  })
})

describe('the stream of live events', () => {
  it('is closed to nobody, to strangers and to API keys', async () => {
    const place = `${desk.url}/api/v1/stream?workspace=${owner.workspace.id}`
    expect((await fetch(place)).status).toBe(401)
    expect((await within(stranger, owner.workspace.id)(place)).status).toBe(403)
    const { key } = await owner.call('POST /api-keys', { body: { name: 'Listens', scopes: ['contacts.read'] } })
    expect([401, 403]).toContain((await fetch(place, { headers: { authorization: `Bearer ${key}` } })).status)
  })
})

describe('a member of another workspace', () => {
  it.each(names.filter((name) => api[name].access === 'member'))('learns nothing at %s [A11] [F7]', async (name) => {
    const inOwn = await knock(name, { cookieOf: stranger, workspaceId: strangerWorkspaceId }, true)
    expect(inOwn.text).not.toContain(MARKER)
    expect(inOwn.status).toBeLessThan(500)
    const inOurs = await knock(name, { cookieOf: stranger, workspaceId: owner.workspace.id }, true)
    expect(inOurs.text).not.toContain(MARKER)
    expect([401, 403, 404]).toContain(inOurs.status)
  })
})

describe.each(roles.filter((role) => role !== 'owner'))('the role %s', (role) => {
  it('may do what its policies list, and nothing else [L3]', async () => {
    const wrong: string[] = []
    for (const [name, { route, permission }] of mounted) {
      if (route.access !== 'member' || !permission) continue
      const browser = members.get(role)
      if (!browser) throw new Error(`Nobody is ${role}.`)
      const may = permission.policy.permissions[permission.may]?.includes(role) ?? false
      // A body that fails its schema is refused only after the permission: it shows the permission without changing anything.
      const { status, type } = await knock(name, { cookieOf: browser, workspaceId: owner.workspace.id }, false)
      const turnedAway = status === 401 || type === 'http/not-allowed'
      if (turnedAway === may || status >= 500) wrong.push(`${name}: ${may ? 'may' : 'may not'}, answered ${status} ${type}`)
    }
    expect(wrong).toEqual([])
  }, 60_000)
})

describe('an API key that somebody outside uses', () => {
  it('is refused as soon as the contract with the recipient does not stand any more [K1]', async () => {
    const entry = {
      connection: null,
      name: 'Books Co',
      kind: 'adviser',
      purposes: ['compliance'],
      categories: ['name', 'contact_details'],
      region: 'US',
      mechanism: 'none',
      contractRef: 'C-1',
      contractOn: null,
      policyUrl: null,
      adheres: false,
      ended: false,
    } as const
    const body = { ...entry, purposes: [...entry.purposes], categories: [...entry.categories] }
    const { id } = await owner.call('POST /processors', { body })
    const recipient = { processorId: id ?? '', purpose: 'accounting' } as const
    const { key } = await owner.call('POST /api-keys', { body: { name: 'Books', scopes: ['companies.read'], recipient } })
    expect((await knock('GET /companies', { key }, false)).status).toBe(200)
    await owner.call('PUT /processors/{processorId}', {
      params: { processorId: id ?? '' },
      body: { ...body, contractRef: null },
      version: 1,
    })
    await expect
      .poll(async () => (await knock('GET /companies', { key }, false)).type, { timeout: 15_000 })
      .toBe('privacy/recipient-stopped')
  })
})

/** What a member of any role settles about herself: leaving, her mails, that she confirmed the rules or read the news. */
const ownAffairs = new Set([
  'POST /workspace/leaving',
  'PATCH /news-choice',
  'POST /team-training/acknowledgement',
  'POST /policy-versions/{versionId}/acknowledgement',
])
/** Looks through the audit chain from its beginning, and leaves nothing behind. */
const looksOnly = new Set(['POST /audit/check'])
const ofMembers = [...mounted].filter(([, { route }]) => route.access === 'member').map(([name]) => name)
const reads = ofMembers.filter((name) => name.startsWith('GET '))

describe('an auditor', () => {
  const auditor = () => members.get('auditor') ?? fail('Nobody is auditor.')

  it('changes nothing, on no route there is [K9]', async () => {
    const opened: string[] = []
    for (const name of ofMembers.filter((one) => !reads.includes(one) && !ownAffairs.has(one) && !looksOnly.has(one))) {
      const { status, type } = await knock(name, { cookieOf: auditor(), workspaceId: owner.workspace.id }, false)
      if (status !== 403 || type !== 'http/not-allowed') opened.push(`${name}: ${status} ${type}`)
    }
    expect(opened).toEqual([])
    for (const name of [...ownAffairs, ...looksOnly]) expect(ofMembers).toContain(name)
  }, 200_000)

  it('leaves a trace of every route that she read, by its name, once an hour; whoever works here leaves none [K9]', async () => {
    const answered: string[] = []
    for (const name of reads)
      for (const _ of [1, 2]) {
        const { status } = await knock(name, { cookieOf: auditor(), workspaceId: owner.workspace.id }, true)
        if (status === 200 && !answered.includes(name)) answered.push(name)
      }
    expect(answered.length).toBeGreaterThan(40)
    const { memberId } = (await auditor().call('GET /me')).workspaces[0] ?? fail('She works nowhere.')
    const { rows } = await inDatabase(
      "select object_id, count(*)::int as times, min(actor_id) as actor from audit_entry where action = 'route.read' group by 1",
    )
    const left = rows.filter(({ actor }) => actor === memberId)
    expect(left).toHaveLength(rows.length)
    expect(answered.filter((name) => !left.some(({ object_id }) => object_id === routeInLog(name)))).toEqual([])
    expect(left.filter(({ times }) => times !== 1)).toEqual([])
    const seen = await owner.call('GET /audit', { query: { kind: 'seen', memberId: memberId as never, limit: 200 } })
    expect(seen.items.some(({ action, object }) => action === 'route.read' && object.id === 'conversations')).toBe(true)
  }, 200_000)

  it('is out of everything the moment her time is over, the stream included [K9]', async () => {
    const { memberId } = (await auditor().call('GET /me')).workspaces[0] ?? fail('She works nowhere.')
    await inDatabase("update member set expires_at = now() + interval '3 seconds' where id = $1", [memberId])
    await auditor().call('GET /sign-in-methods')
    await expect.poll(() => statusOf('GET /contacts', auditor()), { timeout: 15_000 }).toBe(403)
    const inside: string[] = []
    for (const name of ofMembers) {
      const { status, text } = await knock(name, { cookieOf: auditor(), workspaceId: owner.workspace.id }, true)
      if (![401, 403].includes(status) || text.includes(MARKER)) inside.push(`${name}: ${status}`)
    }
    expect(inside).toEqual([])
    expect((await within(auditor(), owner.workspace.id)(streamOf())).status).toBe(403)
    await inDatabase("update member set expires_at = now() + interval '30 days' where id = $1", [memberId])
  }, 200_000)
})

describe('whoever has not confirmed the rules in time, where the business has it so', () => {
  it('is kept from every route but those that show no contact, whatever her role, and so is her key [L5]', async () => {
    const { key } = await owner.call('POST /api-keys', {
      body: { name: 'Made by her', scopes: ['contacts.read', 'bookings.read', 'hours.read'] },
    })
    const shows: string[] = []
    for (const name of reads) if ((await knock(name, { cookieOf: owner }, true)).text.includes(MARKER)) shows.push(name)
    expect(shows.length).toBeGreaterThan(10)

    const { version } = await owner.call('GET /team-training')
    await owner.call('PUT /team-training', { body: { everyMonths: 12, suspendWhenOverdue: true }, version })
    await inDatabase("update member set joined_at = now() - interval '60 days' where workspace_id = $1", [owner.workspace.id])
    for (const who of members.values()) await expect.poll(() => statusOf('GET /members', who), { timeout: 75_000 }).toBe(403)

    const wrong: string[] = []
    const open = new Set<string>()
    for (const role of ['owner', 'representative'] as const)
      for (const name of ofMembers) {
        if (name === 'POST /workspace/leaving') continue
        const { status, type, text } = await knock(
          name,
          { cookieOf: members.get(role) ?? fail(role), workspaceId: owner.workspace.id },
          reads.includes(name),
        )
        if (type !== 'privacy/training-overdue' && type !== 'http/not-allowed') open.add(name)
        if (text.includes(MARKER) || status >= 500) wrong.push(`${role} ${name}: ${status} ${type}`)
      }
    expect(wrong).toEqual([])
    expect(shows.filter((name) => open.has(name))).toEqual([])
    expect([...open].sort()).toEqual([...stayOpen].sort())
    for (const name of ['GET /contacts', 'GET /bookings'] as const)
      await expect.poll(async () => (await knock(name, { key }, false)).type, { timeout: 15_000 }).toBe('privacy/training-overdue')
    expect((await knock('GET /opening-hours', { key }, false)).status).toBe(200)
    expect((await within(members.get('member') ?? fail('member'), owner.workspace.id)(streamOf())).status).toBe(403)

    const { textVersion } = await owner.call('GET /team-training')
    await owner.call('POST /team-training/acknowledgement', { body: { textVersion } })
    await expect.poll(() => statusOf('GET /contacts', owner), { timeout: 15_000 }).toBe(200)
    expect(await statusOf('GET /contacts', members.get('member') ?? fail('member'))).toBe(403)
    await inDatabase('update member set joined_at = now() where workspace_id = $1', [owner.workspace.id])
  }, 240_000)
})

/** What is open to somebody who is overdue: the business and its hours, her own mails, the terms, and the rules themselves. */
const stayOpen = [
  'GET /workspace',
  'GET /workspace/slugs/{slug}',
  'GET /news-choice',
  'PATCH /news-choice',
  'GET /opening-hours',
  'GET /processing-terms',
  'POST /processing-terms/acceptance',
  'GET /processing-instructions',
  'POST /processing-instructions',
  'GET /team-training',
  'PUT /team-training',
  'POST /team-training/acknowledgement',
  'GET /authorization-policy',
]

describe('whoever lacks the second factor that a business asks for', () => {
  it('is let in nowhere, by no route and no stream [L11]', async () => {
    const manager = members.get('manager') ?? fail('Nobody is manager.')
    await inDatabase('update workspace set second_factor_required = true where id = $1', [owner.workspace.id])
    await expect.poll(() => statusOf('GET /workspace', manager), { timeout: 15_000 }).toBe(403)
    const wrong: string[] = []
    for (const name of ofMembers) {
      const { status, type, text } = await knock(name, { cookieOf: manager, workspaceId: owner.workspace.id }, true)
      if (status !== 403 || type !== 'accounts/second-factor-required' || text.includes(MARKER)) wrong.push(`${name}: ${status} ${type}`)
    }
    expect(wrong).toEqual([])
    expect((await within(manager, owner.workspace.id)(streamOf())).status).toBe(403)
    await inDatabase('update workspace set second_factor_required = false where id = $1', [owner.workspace.id])
    await expect.poll(() => statusOf('GET /workspace', manager), { timeout: 15_000 }).toBe(200)
  }, 60_000)
})

describe('an API key with one scope', () => {
  it('opens the routes of that scope and no other', async () => {
    const { key } = await owner.call('POST /api-keys', { body: { name: 'Reads contacts', scopes: ['contacts.read'] } })
    const wrong: string[] = []
    for (const [name, { route, permission }] of mounted) {
      if (route.access !== 'member' || !permission) continue
      const { status, type } = await knock(name, { key }, false)
      const opened = type !== 'http/missing-scope'
      if (opened !== (permission.may === 'contacts.read') || status >= 500) wrong.push(`${name} (${permission.may}): ${status} ${type}`)
    }
    expect(wrong).toEqual([])
  })
})

describe('the app role without a workspace', () => {
  it('sees no row of any table, although every room has some', async () => {
    const client = new pg.Client({ connectionString: desk.database.app })
    await client.connect()
    try {
      const { rows } = await client.query<{ name: string }>(`
        select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' and has_table_privilege(c.oid, 'select')
          and has_schema_privilege(n.oid, 'usage')`)
      expect(rows.length).toBeGreaterThan(15)
      const seen: string[] = []
      for (const { name } of rows) {
        const { rowCount } = await client.query(`select from ${name} limit 1`)
        if (rowCount !== 0) seen.push(name)
      }
      expect(seen).toEqual([])
    } finally {
      await client.end()
    }
  })
})
