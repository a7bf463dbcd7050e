/**
 * `npm run bench -- contacts [contacts]`: the list of people, its filters and segments over HTTP, in a workspace of 200,000 contacts (or so many) with as many elsewhere. Prints p50 and p95 of each:
 * the first page of a filter as it is opened, and what counting it exactly takes.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { ContactFilter } from '../packages/contract/src/index.ts'
import { addCrowd } from '../tests/setup/crowd.ts'
import { newDataFolder, removeDataFolder, startDesk } from '../tests/setup/desk.ts'
import { addService, becomeOwner } from '../tests/setup/owner.ts'

const contacts = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 200_000)
/** Enough that one call which met something else on the machine does not speak for all. */
const PAGES = 40
const COUNTS = 3

const booked = { on: 'event', kind: 'booking.confirmed', times: 1 } as const
const never = { ...booked, not: true } as const

const dataFolder = newDataFolder()
const desk = await startDesk({ dataFolder, env: { TRUSTED_PROXY: '127.0.0.1', LOG_LEVEL: 'warn' } })
try {
  const owner = await becomeOwner(desk)
  const service = await addService(owner, { name: 'Visit', durationMinutes: 30 })
  const staff = (await owner.call('GET /staff')).items[0]
  const city = await owner.call('POST /contact-fields', { body: { label: 'City', type: 'text', category: 'location', filter: true } })
  // Its values are written below as the index holds them, once the job that would write them anew is through.
  const level = await owner.call('POST /contact-fields', {
    body: {
      label: 'Level',
      type: 'choice',
      category: 'preference',
      filter: true,
      choices: ['Gold', 'Silver', 'Bronze'].map((label, at) => ({ label, hue: 40 * at })),
    },
  })
  while ((await owner.call('GET /contact-fields')).items.some(({ filter }) => filter !== 'ready')) await pause(200)
  const list = await owner.call('POST /lists', { body: { name: 'Spring fair' } })
  await fill(owner.workspace.id, service.id, staff?.id ?? '', { listId: list.id, fieldId: city.id, levelId: level.id })
  const filters: readonly (readonly [string, ContactFilter])[] = [
    ['a tag of 30 %', { all: [{ on: 'tag', tag: 'Common' }] }],
    ['a tag of 2 %', { all: [{ on: 'tag', tag: 'VIP' }] }],
    ['a tag of 20 people', { all: [{ on: 'tag', tag: 'Rare' }] }],
    ['on a list (5 %)', { all: [{ on: 'list', listId: list.id }] }],
    ['an own field (1 %)', { all: [{ on: 'field', key: 'city', is: ['Town 7'] }] }],
    ['booked never, may be texted', { all: [never, { on: 'may', channel: 'sms' }] }],
    ['2 %, booked never, may be texted', { all: [{ on: 'tag', tag: 'VIP' }, never, { on: 'may', channel: 'sms' }] }],
    ['wrote twice within 30 days', { all: [{ on: 'event', kind: 'message.received', times: 2, withinDays: 30 }] }],
    [
      '20 people or an own field',
      {
        any: [
          { on: 'tag', tag: 'Rare' },
          { on: 'field', key: 'city', is: ['Town 7'] },
        ],
      },
    ],
    ['none of 30 %, a list, booked', { none: [{ on: 'tag', tag: 'Common' }, { on: 'list', listId: list.id }, booked] }],
    [
      'has a number, no address',
      {
        all: [
          { on: 'has', what: 'phone' },
          { on: 'has', what: 'email', not: true },
        ],
      },
    ],
    [
      '(20 people or on a list) and booked never',
      {
        all: [
          {
            any: [
              { on: 'tag', tag: 'Rare' },
              { on: 'list', listId: list.id },
            ],
          },
          never,
        ],
      },
    ],
    ['a part of a name that nobody has', { all: [{ on: 'name', how: 'has', text: 'zzzz' }] }],
  ] as const
  const ask = (address: string) => async (n: number) =>
    owner.fetch(`${desk.url}/api/v1${address}`, { headers: { 'x-forwarded-for': `203.0.113.${n % 250}` } })
  const query = (filter: ContactFilter) => `filter=${encodeURIComponent(JSON.stringify(filter))}`
  const plain = await measure('the whole list', PAGES, ask('/contacts?limit=50'))
  const looked = async (typed: readonly string[], how: string) => {
    const each = []
    for (const q of typed) each.push(await measure(`search, ${how}: ${q}`, PAGES, ask(`/contacts/search?q=${encodeURIComponent(q)}`)))
    return each
  }
  const searches = await looked(
    ['a', 'jo', 'ann', 'ann mil', 'miller ann', 'zq', 'olson99', 'ann.miller', '@example.com', 'nobody knows', '555-0123', '%'],
    'as typed',
  )
  const slips = await looked(['jonson', 'ann andrson', 'ximenna', 'ximenna miler', 'zzzz', 'whtbertberg'], 'with a slip')
  const middle = Math.floor(contacts / 2) - 200
  const parts = []
  for (const sort of ['recent', 'name', 'created'])
    for (const [where, query] of [
      ['its beginning', ''],
      ['its beginning, turned around', '&reverse=yes'],
      ['its end', '&fromEnd=yes'],
      ['its middle, by a jump', `&skip=${middle}`],
    ] as const)
      parts.push(await measure(`table by ${sort}: ${where}`, PAGES, ask(`/contacts/table?limit=100&sort=${sort}${query}`)))
  for (const [name, query] of [
    ['by an own field', 'sort=own.city'],
    ['by an own field, from its end', 'sort=own.city&fromEnd=yes'],
    ['a column of the board by an own field', 'groupBy=own.level&inGroup=gold'],
    ['a column of the board, of nobody', 'groupBy=owner&inGroup=none'],
    ['a column of the board by tag, by name', 'groupBy=tag&inGroup=none&sort=name'],
  ] as const)
    parts.push(await measure(`table: ${name}`, PAGES, ask(`/contacts/table?limit=100&${query}`)))
  const heads = []
  for (const by of ['owner', 'company', 'tag', 'own.level'])
    heads.push(await measure(`groups by ${by}`, COUNTS, ask(`/contacts/groups?by=${by}`)))
  heads.push(await measure('the lists with their counts', COUNTS, ask('/lists')))
  const pages = []
  const counts = []
  for (const [name, filter] of filters) {
    pages.push(await measure(`page: ${name}`, PAGES, ask(`/contacts?limit=50&${query(filter)}`)))
    counts.push(await measure(`count: ${name}`, COUNTS, ask(`/contacts/count?${query(filter)}`)))
  }
  const [, kept] = filters[5] ?? []
  const segment = await owner.call('POST /segments', { body: { name: 'Kept', filter: kept ?? { all: [] }, shared: true } })
  const ofSegment = await measure('count of a segment, kept', PAGES * 2, ask(`/segments/${segment.id}/count`))
  for (const { name, p50, p95 } of [plain, ...searches, ...slips, ...parts, ...heads, ...pages, ...counts, ofSegment])
    console.log(`${name.padEnd(52)} p50 ${p50.toFixed(1).padStart(8)} ms   p95 ${p95.toFixed(1).padStart(8)} ms`)
  const worst = (some: readonly Measured[]) => Math.max(...some.map(({ p95 }) => p95))
  const metrics = {
    list_p95_ms: plain.p95,
    search_p95_ms: worst(searches),
    search_with_slip_p95_ms: worst(slips),
    table_p95_ms: worst(parts.filter(({ name }) => !name.includes('jump'))),
    table_jump_p95_ms: worst(parts.filter(({ name }) => name.includes('jump'))),
    groups_p95_ms: worst(heads),
    filter_p95_ms: worst(pages),
    segment_p95_ms: ofSegment.p95,
    exact_count_p95_ms: worst(counts),
  }
  console.log(
    JSON.stringify({
      bench: 'contacts',
      metrics: Object.fromEntries(Object.entries(metrics).map(([key, ms]) => [key, Math.round(ms * 10) / 10])),
    }),
  )
} finally {
  await desk.stop()
  removeDataFolder(dataFolder)
}

type Measured = { readonly name: string; readonly p50: number; readonly p95: number }

/** One caller, as a person opens views; the first call warms nothing that counts. */
async function measure(name: string, calls: number, call: (n: number) => Promise<Response>): Promise<Measured> {
  const times: number[] = []
  for (let n = 0; n < calls + 1; ) {
    const began = performance.now()
    const response = await call(n)
    const body = await response.text()
    // Nobody asks so much in a minute; the minute goes by.
    if (response.status === 429) {
      await pause((JSON.parse(body).retryAfterSeconds + 1) * 1000)
      continue
    }
    if (response.status !== 200) throw new Error(`${name}: ${response.status} ${body.slice(0, 300)}`)
    if (n > 0) times.push(performance.now() - began)
    n += 1
  }
  times.sort((one, other) => one - other)
  // By the nearest rank: of twenty calls the nineteenth, and not the worst.
  const at = (share: number) => times[Math.ceil(times.length * share) - 1] ?? 0
  return { name, p50: at(0.5), p95: at(0.95) }
}

/** A business of long standing: tags, a list, an own field, numbers, bookings and messages on timelines, standing answers. */
async function fill(
  workspaceId: string,
  serviceId: string,
  staffId: string,
  { listId, fieldId, levelId }: { listId: string; fieldId: string; levelId: string },
): Promise<void> {
  const running = readFileSync(path.join(dataFolder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(path.join(dataFolder, 'postgres/superuser-password'), 'utf8').trim()
  const client = new pg.Client({ host: '127.0.0.1', port: Number(running[3]), user: 'postgres', password, database: 'frontdesk' })
  await client.connect()
  try {
    const run = (text: string, values?: readonly unknown[]) => client.query(text, [...(values ?? [])])
    await addCrowd(run, {
      existing: [{ workspaceId, serviceId, staffId }],
      others: 1,
      contactsEach: contacts,
      bookingsEach: 0,
      named: 'people',
    })
    await run('create temporary table hers as select id, row_number() over (order by id) n from contact where workspace_id = $1', [
      workspaceId,
    ])
    for (const [tag, where] of [
      ['Common', 'n % 10 < 3'],
      ['VIP', 'n % 50 = 1'],
      ['Rare', 'n <= 20'],
    ] as const) {
      await run(
        `with made as (insert into tag (workspace_id, id, name, name_folded, created_at) values ($1, gen_random_uuid(), $2, lower($2), now()) returning id)
        insert into contact_tag (workspace_id, id, contact_id, tag_id, created_at) select $1, gen_random_uuid(), hers.id, made.id, now() from hers, made where ${where}`,
        [workspaceId, tag],
      )
    }
    await run(
      'insert into list_member (workspace_id, id, list_id, contact_id, created_at) select $1, gen_random_uuid(), $2, id, now() from hers where n % 20 = 3',
      [workspaceId, listId],
    )
    const slotOf = async (id: string) => (await run('select slot from contact_field where id = $1', [id])).rows[0]?.slot
    await run(
      `insert into contact_field_index (workspace_id, id, ${await slotOf(fieldId)}, ${await slotOf(levelId)})
      select $1, id, 'town ' || n % 100, (array['gold', 'silver', 'bronze'])[1 + n % 4] from hers`,
      [workspaceId],
    )
    await run(
      `insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, preferred, shared, created_at)
      select $1, gen_random_uuid(), id, 'phone', '+1212' || (5000000 + n), '', true, false, now() from hers where n % 10 < 4`,
      [workspaceId],
    )
    for (const [kind, times, where] of [
      ['booking.confirmed', 1, 'n % 2 = 0'],
      ['message.received', 2, 'n % 10 = 5'],
    ] as const)
      await run(
        `insert into timeline_event (workspace_id, id, contact_id, at, kind, actor_kind, summary_key, summary_values)
        select $1, gen_random_uuid(), id, now() - (n % 60) * interval '1 day', '${kind}', 'system', 'x', '{}' from hers, generate_series(1, ${times}) where ${where}`,
        [workspaceId],
      )
    await run(
      `insert into standing_answer (workspace_id, id, email, sms, call, looked_at, holds_until)
      select $1, id, n % 10 < 6, n % 10 < 3, n % 10 < 2, now(), now() + interval '7 days' from hers on conflict (workspace_id, id) do update set sms = excluded.sms`,
      [workspaceId],
    )
    console.log(`filled after ${Math.round(performance.now() / 1000)} s; statistics are made`)
    await run('vacuum analyze')
  } finally {
    await client.end()
  }
}
