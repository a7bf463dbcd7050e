/**
 * `npm run bench -- table [contacts]`: the table of people in a browser, in a workspace of 1,000,000 contacts (or so many). Prints how long frames take while it is scrolled as by a wheel, how
 * many rows are drawn at most, and how long it takes until the rows are there after a jump to the end and to the middle; then what groups and the order of an own field take over HTTP. With `api` nothing
 * but the latter.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { enter } from '../scripts/screens/visit.ts'
import * as sizes from '../tests/setup/chromium.ts'
import { newDataFolder, removeDataFolder, startDesk } from '../tests/setup/desk.ts'
import { becomeOwner, ownerAccount } from '../tests/setup/owner.ts'

const contacts = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 1_000_000)
/** So much is scrolled in a frame, and for so many frames. */
const STEP_PX = 120
const FRAMES = 600
const JUMPS = 10

const dataFolder = newDataFolder()
const desk = await startDesk({ args: ['--port', '0'], dataFolder, env: { LOG_LEVEL: 'warn' } })
const apiOnly = process.argv.includes('api')
const browser = apiOnly ? undefined : await sizes.openBrowser()
try {
  const owner = await becomeOwner(desk)
  const choices = ['Gold', 'Silver', 'Tin'].map((label) => ({ label, hue: 0 }))
  for (const field of [
    { label: 'Level', type: 'choice', choices },
    { label: 'Points', type: 'number' },
  ] as const)
    await owner.call('POST /contact-fields', { body: { ...field, category: 'preference', filter: true } } as never)
  while (!(await owner.call('GET /contact-fields')).items.every(({ filter }) => filter === 'ready')) await pause(100)
  await fill(owner.workspace.id)
  if (browser) await scroll(owner, browser)
  await measureApi(owner)
} finally {
  await browser?.close()
  await desk.stop()
  removeDataFolder(dataFolder)
}

type Owner = Awaited<ReturnType<typeof becomeOwner>>

/** Looks at the table as a person does. */
async function scroll(owner: Owner, browser: Awaited<ReturnType<typeof sizes.openBrowser>>): Promise<void> {
  const storageState = await enter(browser, { url: desk.url, signIn: ownerAccount })
  const { page } = await sizes.openWindow(browser, { ...sizes.desk, ...(storageState ? { storageState } : {}) })
  const began = performance.now()
  await page.goto(`${desk.url}/w/${owner.workspace.slug}/contacts?look=table&sort=name`)
  const grid = page.locator('[role=grid]')
  await page.locator('[role=grid] [data-column=name] a').first().waitFor()
  const opened = performance.now() - began
  await page.waitForFunction(() => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') !== '-1')
  const counted = performance.now() - began
  const { frames, rows } = await grid.evaluate(
    (element, { step, many }) =>
      new Promise<{ frames: number[]; rows: number }>((done) => {
        const frames: number[] = []
        let rows = 0
        let before = performance.now()
        const next = () => {
          const now = performance.now()
          frames.push(now - before)
          before = now
          rows = Math.max(rows, element.querySelectorAll('[role=row]').length)
          if (frames.length === many) return done({ frames, rows })
          element.scrollTop += step
          requestAnimationFrame(next)
        }
        requestAnimationFrame(next)
      }),
    { step: STEP_PX, many: FRAMES },
  )
  const jumps: number[] = []
  for (let n = 0; n < JUMPS; n += 1) {
    const start = performance.now()
    await grid.evaluate(
      (element, share) => {
        element.scrollTop = (element.scrollHeight - element.clientHeight) * share
      },
      n % 2 === 0 ? 1 - n / 1000 : 0.5 + n / 100,
    )
    await page.waitForFunction(() => {
      const rows = [...document.querySelectorAll('[role=grid] [role=row]')]
      const box = document.querySelector('[role=grid]')?.getBoundingClientRect()
      const seen = rows.filter((row) => {
        const place = row.getBoundingClientRect()
        return box && place.top >= box.top && place.bottom <= box.bottom
      })
      return seen.length > 5 && seen.every((row) => row.getAttribute('aria-busy') === null)
    })
    jumps.push(performance.now() - start)
  }
  await grid.evaluate((element) => {
    element.scrollTop = element.scrollHeight
  })
  await page.locator(`[role=grid] [aria-rowindex="${contacts + 1}"] a`).waitFor()
  const at = (times: readonly number[], share: number) =>
    Math.round((times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 10) / 10
  const metrics = {
    frame_p50_ms: at(frames, 0.5),
    frame_p95_ms: at(frames, 0.95),
    frame_max_ms: at(frames, 1),
    rows_drawn: rows,
    open_ms: at([opened], 0),
    counted_ms: at([counted], 0),
    jump_p50_ms: at(jumps, 0.5),
    jump_max_ms: at(jumps, 1),
  }
  for (const [name, value] of Object.entries(metrics)) console.log(`${name.padEnd(16)} ${value}`)
  console.log(JSON.stringify({ bench: 'table', metrics }))
}

/** Groups, rows of groups, and the order of an own field. */
async function measureApi(owner: Owner): Promise<void> {
  const middle = Math.floor(contacts * 0.35)
  const asked: readonly (readonly [string, string])[] = [
    ['groups_owner', 'groups?by=owner'],
    ['groups_company', 'groups?by=company'],
    ['groups_tag', 'groups?by=tag'],
    ['groups_field', 'groups?by=own.level'],
    ['group_60_percent', 'table?limit=100&groupBy=own.level&inGroup=gold&sort=name'],
    ['group_60_percent_jump', `table?limit=100&groupBy=own.level&inGroup=gold&sort=name&skip=${middle}`],
    ['group_1_percent', 'table?limit=100&groupBy=own.level&inGroup=tin&sort=name'],
    ['group_none', 'table?limit=100&groupBy=own.level&inGroup=none'],
    ['field_order', 'table?limit=100&sort=own.points'],
    ['field_order_turned', 'table?limit=100&sort=own.points&reverse=yes'],
    ['field_order_end', 'table?limit=100&sort=own.points&fromEnd=yes'],
    ['field_order_jump', `table?limit=100&sort=own.points&skip=${middle}`],
  ]
  const metrics: Record<string, number> = {}
  for (const [name, address] of asked) {
    const times: number[] = []
    for (let n = 0; n < 6; n += 1) {
      const began = performance.now()
      const response = await owner.fetch(`${desk.url}/api/v1/contacts/${address}`)
      const body = await response.text()
      if (response.status !== 200) throw new Error(`${name}: ${response.status} ${body.slice(0, 300)}`)
      if (n > 0) times.push(performance.now() - began)
    }
    times.sort((one, other) => one - other)
    metrics[`${name}_p50_ms`] = Math.round((times[2] ?? 0) * 10) / 10
    metrics[`${name}_max_ms`] = Math.round((times[4] ?? 0) * 10) / 10
  }
  for (const [name, value] of Object.entries(metrics)) console.log(`${name.padEnd(30)} ${value}`)
  console.log(JSON.stringify({ bench: 'table', metrics }))
}

/** People with an address each, written in one go; nothing else of them stands in the table. */
async function fill(workspaceId: string): Promise<void> {
  const running = readFileSync(path.join(dataFolder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(path.join(dataFolder, 'postgres/superuser-password'), 'utf8').trim()
  const client = new pg.Client({ host: '127.0.0.1', port: Number(running[3]), user: 'postgres', password, database: 'frontdesk' })
  await client.connect()
  try {
    // A million rows that fit together by themselves are not looked up one by one.
    await client.query('set session_replication_role = replica')
    await client.query(
      `insert into contact (workspace_id, id, version, name, name_sort, source, search_text, last_activity_at, created_at, updated_at)
      select $1, gen_random_uuid(), 1, 'Person ' || lpad(n::text, 7, '0'), 'person ' || lpad(n::text, 7, '0'), 'import', ' person', now() - n * interval '1 second', now(), now()
      from generate_series(1, $2::int) n`,
      [workspaceId, contacts],
    )
    await client.query(
      `insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, preferred, shared, created_at)
      select workspace_id, gen_random_uuid(), id, 'email', id || '@example.com', id || '@example.com', true, false, now() from contact where workspace_id = $1`,
      [workspaceId],
    )
    await client.query(
      `insert into contact_field_index (workspace_id, id, text_1, number_1)
      select workspace_id, id, case when n % 100 = 0 then 'tin' when n % 10 < 6 then 'gold' when n % 10 < 9 then 'silver' end, case when n % 10 < 8 then (n * 7919) % 1000003 end
      from (select workspace_id, id, row_number() over () n from contact where workspace_id = $1) c where n % 10 < 9`,
      [workspaceId],
    )
    await client.query(
      `with made as (insert into tag (workspace_id, id, name, name_folded, created_at) select $1, gen_random_uuid(), 'Tag ' || t, 'tag ' || t, now() from generate_series(1, 20) t returning id)
      insert into contact_tag (workspace_id, id, contact_id, tag_id, created_at)
      select $1, gen_random_uuid(), c.id, m.id, now() from (select id, row_number() over () n from contact where workspace_id = $1) c join (select id, row_number() over () t from made) m on m.t = c.n % 40`,
      [workspaceId],
    )
    // Without it the join below is planned for an empty table.
    await client.query('analyze contact')
    await client.query(
      `with made as (insert into company (workspace_id, id, name, name_folded, version, created_at) select $1, gen_random_uuid(), 'Company ' || k, 'company ' || k, 1, now() from generate_series(1, 5000) k returning id)
      update contact c set company_id = m.id from (select id, row_number() over () k from made) m, (select id, row_number() over () n from contact where workspace_id = $1) o
      where c.workspace_id = $1 and c.id = o.id and o.n % 10000 = m.k`,
      [workspaceId],
    )
    for (const table of ['contact_field_index', 'contact_tag', 'company']) await client.query(`vacuum analyze ${table}`)
    await client.query('vacuum analyze contact')
    await client.query('vacuum analyze contact_point')
  } finally {
    await client.end()
  }
}
