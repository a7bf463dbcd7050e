/**
 * `npm run bench -- table [contacts]`: the table of people in a browser, in a workspace of 1,000,000 contacts (or so many). Prints how long frames take while it is scrolled as by a wheel, how
 * many rows are drawn at most, and how long it takes until the rows are there after a jump to the end and to the middle.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
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
const browser = await sizes.openBrowser()
try {
  const owner = await becomeOwner(desk)
  await fill(owner.workspace.id)
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
} finally {
  await browser.close()
  await desk.stop()
  removeDataFolder(dataFolder)
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
      select $1, gen_random_uuid(), 1, 'Person ' || lpad(n::text, 7, '0'), 'person ' || lpad(n::text, 7, '0'), 'import', 'person', now() - n * interval '1 second', now(), now()
      from generate_series(1, $2::int) n`,
      [workspaceId, contacts],
    )
    await client.query(
      `insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, preferred, shared, created_at)
      select workspace_id, gen_random_uuid(), id, 'email', id || '@example.com', id || '@example.com', true, false, now() from contact where workspace_id = $1`,
      [workspaceId],
    )
    await client.query('vacuum analyze contact')
    await client.query('vacuum analyze contact_point')
  } finally {
    await client.end()
  }
}
