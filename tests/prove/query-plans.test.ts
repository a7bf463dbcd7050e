import type { ContactFilter, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import pg from 'pg'
import { beforeAll, expect, it } from 'vitest'
import { loadPipeline } from '../../apps/server/src/modules/leads/index.ts'
import { providePrivacyPorts, requestPermit, subjectSources, usePermit } from '../../apps/server/src/modules/privacy/index.ts'
import { bookingSubjects } from '../../apps/server/src/modules/scheduling/index.ts'
import { testBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { openPool, type WorkspaceTx } from '../../apps/server/src/platform/database/index.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { createHttpServer } from '../../apps/server/src/platform/http/index.ts'
import { openLog } from '../../apps/server/src/platform/log/index.ts'
import { describeHouse } from '../../apps/server/src/rooms.ts'
import { addCrowd } from '../setup/crowd.ts'

const workspaces = 20
const contactsEach = process.env.FRONTDESK_PROVE ? 5000 : 500
/** A scan may look at this many rows for nothing, or at ten times what it found; more means that an index was not used. */
const harmless = 60

const test = await testDatabase()
const business = await testBusiness(test)
const asked: { text: string; values: unknown[] }[] = []
let app: Awaited<ReturnType<typeof createHttpServer>>
let contactId: string
const listId = crypto.randomUUID()
let pipelineId: string

beforeAll(async () => {
  const { workspaceId, service, ana } = { workspaceId: business.workspaceId, service: business.service, ana: business.ana }
  await addCrowd(test.asSuperuser, {
    existing: [{ workspaceId, serviceId: service.id, staffId: ana }],
    others: workspaces - 1,
    contactsEach,
    bookingsEach: Math.min(contactsEach, 2000),
  })
  // A few stand out: by a tag, by a list, by a standing answer.
  for (const [name, where] of [
    ['Few', 'n <= 30'],
    ['Many', 'true'],
    ['Most', 'n % 5 > 0'],
  ] as const)
    await test.asSuperuser(`with made as (insert into tag (workspace_id, id, name, name_folded, created_at) values ('${workspaceId}', gen_random_uuid(), '${name}', lower('${name}'), now()) returning *)
      insert into contact_tag (workspace_id, id, contact_id, tag_id, created_at) select made.workspace_id, gen_random_uuid(), c.id, made.id, now() from made,
        lateral (select id, row_number() over (order by id) n from contact where workspace_id = made.workspace_id) c where ${where}`)
  // Everybody else has one as well: in a table of a thousand rows reading them all may be the best way.
  await test.asSuperuser(`with made as (insert into tag (workspace_id, id, name, name_folded, created_at)
      select workspace_id, gen_random_uuid(), 'Other', 'other', now() from (select distinct workspace_id from contact where workspace_id <> '${workspaceId}') w returning *)
    insert into contact_tag (workspace_id, id, contact_id, tag_id, created_at)
    select made.workspace_id, gen_random_uuid(), c.id, made.id, now() from made join contact c on c.workspace_id = made.workspace_id`)
  await test.asSuperuser(`with made as (insert into list (workspace_id, id, version, name, name_folded, created_at, updated_at) values ('${workspaceId}', '${listId}', 1, 'L', 'l', now(), now()) returning *)
    insert into list_member (workspace_id, id, contact_id, list_id, created_at)
    select made.workspace_id, gen_random_uuid(), c.id, made.id, now() from made, lateral (select id from contact where workspace_id = made.workspace_id order by id limit 30) c`)
  await test.asSuperuser(`insert into standing_answer (workspace_id, id, email, sms, call, looked_at, holds_until)
    select workspace_id, id, id < '10000000-0000-0000-0000-000000000000', false, false, now(), now() + interval '10 years' from contact`)
  await test.asSuperuser(`insert into contact_field (workspace_id, id, version, key, label, type, category, required, filter, slot, choices, position, created_at, updated_at) values
    ('${workspaceId}', gen_random_uuid(), 1, 'points', 'Points', 'number', 'preference', false, 'ready', 'number_1', '[]', 1, now(), now()),
    ('${workspaceId}', gen_random_uuid(), 1, 'level', 'Level', 'choice', 'preference', false, 'ready', 'text_1',
      '[{"key":"gold","label":"Gold","hue":0,"archived":false},{"key":"tin","label":"Tin","hue":0,"archived":false}]', 2, now(), now())`)
  await test.asSuperuser(`insert into contact_field_index (workspace_id, id, number_1, text_1)
    select workspace_id, id, n, case when n % 10 = 0 then null when n <= 30 then 'tin' else 'gold' end
    from (select workspace_id, id, row_number() over (order by id) n from contact where workspace_id = '${workspaceId}') c where n % 10 < 8`)
  for (const table of ['tag', 'contact_tag', 'list', 'list_member', 'standing_answer', 'contact_field_index'])
    await test.asSuperuser(`analyze ${table}`)
  contactId = (await test.asSuperuser('select id from contact where workspace_id = $1 limit 1', [workspaceId])).rows[0].id
  providePrivacyPorts()
  pipelineId = (await business.inside((tx) => loadPipeline(tx, business.owner))).id
  await test.asSuperuser(
    `insert into lead (workspace_id, id, version, pipeline_id, stage_id, open_stage_id, position, state, contact_id, source, created_at, updated_at, entered_stage_at)
      select c.workspace_id, gen_random_uuid(), 1, s.pipeline_id, s.id, s.id, random(), 'open', c.id, 'other', now(), now(), now()
      from contact c join stage s on s.workspace_id = c.workspace_id and s.name = 'New' where c.workspace_id = $1 limit 300`,
    [workspaceId],
  )
  await test.asSuperuser('analyze lead')
  app = await createHttpServer({
    database: test.database,
    log: openLog({ level: 'silent', role: 'test' }),
    routes: describeHouse().routes,
    authenticate: async () => ({ principal: business.owner, byCookie: false }),
    trustedProxies: [],
  })
}, 300_000)

const now = () => test.clock()
const filtered = (filter: ContactFilter) => `filter=${encodeURIComponent(JSON.stringify(filter))}`
const fewBookedNever: ContactFilter = {
  all: [
    { on: 'tag', tag: 'Few' },
    { on: 'event', kind: 'booking.confirmed', times: 1, not: true },
  ],
}
const hot: readonly (readonly [string, () => string])[] = [
  ['contacts, newest first', () => '/contacts?limit=50'],
  ['contacts by name', () => '/contacts?sort=name&limit=50'],
  ['the table by the day they were added', () => '/contacts/table?sort=created&limit=100'],
  ['the end of the table', () => '/contacts/table?sort=name&fromEnd=yes&limit=100'],
  ['the table by an own field', () => '/contacts/table?sort=own.points&limit=100'],
  ['its end, where nothing is said', () => '/contacts/table?sort=own.points&fromEnd=yes&limit=100'],
  [
    'the table by an own field, of those with a tag',
    () => `/contacts/table?sort=own.points&reverse=yes&${filtered({ all: [{ on: 'tag', tag: 'Many' }] })}`,
  ],
  ['groups by who looks after them', () => '/contacts/groups?by=owner'],
  ['groups by an own field', () => '/contacts/groups?by=own.level'],
  ['groups by tag', () => '/contacts/groups?by=tag'],
  ['one group of many', () => '/contacts/table?groupBy=own.level&inGroup=gold&sort=name&limit=100'],
  ['one group of few', () => '/contacts/table?groupBy=own.level&inGroup=tin&limit=100'],
  ['relations of one contact', () => `/contacts/${contactId}/relations`],
  ['the first page of a filter that few meet', () => `/contacts?${filtered(fewBookedNever)}`],
  ['the first page of one that most meet', () => `/contacts?${filtered({ none: [{ on: 'tag', tag: 'Few' }] })}`],
  ['how many meet a filter', () => `/contacts/count?${filtered(fewBookedNever)}&steps=yes`],
  [
    'how many are on a list or have a tag',
    () =>
      `/contacts/count?${filtered({
        any: [
          { on: 'list', listId },
          { on: 'tag', tag: 'Few' },
        ],
      })}`,
  ],
  ['how many may be mailed', () => `/contacts/count?${filtered({ all: [{ on: 'may', channel: 'email' }] })}`],
  ['lists', () => '/lists'],
  ['search by part of a name', () => '/contacts/search?q=person%20123'],
  ['search by address', () => '/contacts/search?q=crowd77%40example'],
  ['search by one letter', () => '/contacts/search?q=p'],
  ['search by a word with a slip in it', () => '/contacts/search?q=persno%20123'],
  ['one contact', () => `/contacts/${contactId}`],
  ['her timeline', () => `/contacts/${contactId}/timeline`],
  ['a week of bookings', () => `/bookings?from=${now()}&to=${now().add({ hours: 168 })}`],
  ['bookings of one contact', () => `/bookings?from=${now()}&to=${now().add({ hours: 168 })}&contactId=${contactId}`],
  ['slots', () => `/services/${business.service.id}/slots?from=${now()}&to=${now().add({ hours: 168 })}`],
  ['services', () => '/services'],
  ['conversations', () => '/conversations'],
  ['the outbox', () => '/outbox'],
  ['events', () => '/events'],
  ['the board of leads', () => `/pipelines/${pipelineId}/board`],
  ['leads, newest first', () => '/leads?limit=50'],
  ['leads of one contact', () => `/leads?contactId=${contactId}`],
]

it.each(hot)('uses its indexes for %s', async (_name, path) => {
  const statements = await recorded(async () => {
    const response = await app.inject({ method: 'GET', url: `/api/v1${path()}` })
    expect([response.statusCode, response.body.slice(0, 300)]).toEqual([200, expect.any(String)])
  })
  expect(statements.length).toBeGreaterThan(0)
  expect(await wasteful(business.workspaceId, statements)).toEqual([])
})

// What a function does inside is not in the plan of the statement that calls it, so here it is counted what was read of each table.
it('reads nothing but what is about her when the gate is asked for a permit, by mail and by telephone', async () => {
  await test.asSuperuser(`insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, preferred, shared, created_at)
    select workspace_id, gen_random_uuid(), id, 'phone', '+1212' || (5000000 + row_number() over ()), '', true, false, created_at from contact where workspace_id = '${business.workspaceId}'
    on conflict do nothing`)
  await test.asSuperuser(`insert into dealing (workspace_id, id, contact_id, kind, source_type, source_id, happened_at, created_at)
    select workspace_id, gen_random_uuid(), id, 'transaction', 'booking', id, created_at, created_at from contact`)
  await test.asSuperuser(`insert into permit (workspace_id, id, contact_id, channel, purpose, about_type, about_id, decision, reasons, rulebook_version, expires_at, created_at)
    select workspace_id, gen_random_uuid(), id, 'email', 'service', 'booking', id, 'allowed', '[]', '1', created_at, created_at - n * interval '40 days'
    from contact, generate_series(1, 3) n`)
  const { rows } = await test.asSuperuser('select id, contact_id from booking where workspace_id = $1 limit 1', [business.workspaceId])
  const { id, contact_id } = rows[0]
  subjectSources.provide('scheduling', bookingSubjects)
  for (const channel of ['email', 'call'] as const) {
    const way = channel === 'call' ? ({ channel, voice: 'human', dialing: 'by_hand' } as const) : { channel }
    const read = await test.database.inWorkspace(business.workspaceId, async (tx) => {
      const before = new Map((await rowsRead(tx)).map((table) => [table.relname, table]))
      const answer = await requestPermit(tx, { ...way, contactId: contact_id, purpose: 'service', about: { type: 'booking', id } })
      if (answer.allowed) await usePermit(tx, answer.permit, { sendId: tx.newId(), contactId: contact_id, channel })
      return (await rowsRead(tx)).map(({ relname, count, scans }) => {
        const was = before.get(relname)
        return { relname, count: count - (was?.count ?? 0), scans: scans - (was?.scans ?? 0) }
      })
    })
    // What an index alone could answer was looked at as well, although no row of the table was read.
    const touched = read.filter(({ scans }) => scans > 0).map(({ relname }) => relname)
    expect(touched).toEqual(expect.arrayContaining(['contact', 'contact_point', 'permit', 'dealing', 'booking']))
    expect(read.filter(({ count }) => count > 20)).toEqual([])
  }
})

/** Rows read of each table on this connection so far, by scans and by indexes, and how often. */
const rowsRead = async (tx: WorkspaceTx) =>
  (
    await sql<{ relname: string; count: number; scans: number }>`
      select relname, seq_tup_read + coalesce(idx_tup_fetch, 0) as count, seq_scan + coalesce(idx_scan, 0) as scans from pg_stat_xact_user_tables`.execute(
      tx.db,
    )
  ).rows

it('notices a query that reads the whole workspace', async () => {
  const statements = [{ text: "select id from contact where name ilike '%zz%' and workspace_id = $1", values: [business.workspaceId] }]
  expect(await wasteful(business.workspaceId, statements)).not.toEqual([])
})

/** The reading statements that `work` sends to the server. */
async function recorded(work: () => Promise<void>): Promise<typeof asked> {
  const statements: typeof asked = []
  const query = pg.Client.prototype.query
  // biome-ignore lint/suspicious/noExplicitAny: pg's overloads; only text and values are looked at
  pg.Client.prototype.query = function (this: pg.Client, config: any, values?: any, ...rest: any[]) {
    const text = typeof config === 'string' ? config : config?.text
    if (/^\s*(select|with)\b/i.test(text ?? '') && !/set_config|pg_advisory/.test(text))
      statements.push({ text, values: Array.isArray(values) ? values : (config?.values ?? []) })
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return (query as any).call(this, config, values, ...rest)
  } as typeof query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
  return statements
}

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

/** Explains each statement as the app role, bound to the workspace, and names the scans that threw most of what they read away. */
async function wasteful(workspaceId: WorkspaceId, statements: typeof asked): Promise<string[]> {
  const pool = openPool(test.urls.app, 1)
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query("select set_config('app.workspace_id', $1, true)", [workspaceId])
    const found: string[] = []
    for (const { text, values } of statements) {
      const { rows } = await client.query(`explain (analyze, format json) ${text}`, values)
      const scan = (plan: Plan): void => {
        const removed = (plan['Rows Removed by Filter'] ?? 0) * plan['Actual Loops']
        const kept = plan['Actual Rows'] * plan['Actual Loops']
        if (plan['Relation Name'] && removed > Math.max(harmless, kept * 10))
          found.push(`${plan['Node Type']} on ${plan['Relation Name']} read ${removed + kept} rows for ${kept}: ${text.slice(0, 160)}`)
        plan.Plans?.forEach(scan)
      }
      scan(rows[0]['QUERY PLAN'][0].Plan)
    }
    return found
  } finally {
    await client.query('rollback')
    client.release()
    await pool.end()
  }
}
