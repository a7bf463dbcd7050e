/**
 * `npm run bench -- import [--rows 50000] [--without-undo] [--shares] [--profile worker.cpuprofile]`: a list of 20 columns (name, two phones, two mails, company, 14 own fields), 5 % of it people who stand in it twice and 1 % broken, brought over HTTP, tried out,
 * written, and taken back. `rows_per_s` is the writing, with reading, validation, normalisation and matching; `whole_rows_per_s` everything from the first byte of the upload. `copy_rows_per_s` is
 * one COPY a table, as its owner, of exactly the rows that the import left, with all indexes and constraints; `ratio` what the writing reaches of it. `--shares` prints
 * where the time of writing and of taking back goes, by process and by statement, and `--profile` keeps a CPU profile of the worker; both cost a little time themselves.
 */
import { once } from 'node:events'
import { chmodSync, createWriteStream, mkdtempSync, openAsBlob, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { newDataFolder, removeDataFolder, startDesk } from '../tests/setup/desk.ts'
import { becomeOwner } from '../tests/setup/owner.ts'
import { processorSecondsOf, type TimeSpent, watchTime } from './import/where-time-goes.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    'without-undo': { type: 'boolean', default: false },
    shares: { type: 'boolean', default: false },
    profile: { type: 'string' },
    json: { type: 'boolean' },
  },
  strict: false,
})
const rows = Number(values.rows)
const profile = typeof values.profile === 'string' ? values.profile : undefined
const watches = values.shares === true || profile !== undefined

/** What an import writes. */
const written = [
  'company',
  'tag',
  'contact',
  'contact_point',
  'contact_tag',
  'contact_field_index',
  'contact_field_choice',
  'note',
  'timeline_event',
  'contact_change',
  'dealing',
  'import_row',
] as const

const ownFields = [
  { label: 'City', type: 'text', filter: true },
  { label: 'Street', type: 'text' },
  { label: 'Postcode', type: 'text', filter: true },
  { label: 'Plan', type: 'choice', filter: true, choices: ['Gold', 'Silver', 'Bronze'] },
  { label: 'Likes', type: 'choices', filter: true, choices: ['Tea', 'Coffee', 'Water'] },
  { label: 'Member since', type: 'date', filter: true },
  { label: 'Birthday', type: 'date' },
  { label: 'Spent', type: 'money', filter: true },
  { label: 'Balance', type: 'money' },
  { label: 'Visits', type: 'number', filter: true },
  { label: 'Size', type: 'number' },
  { label: 'Newsletter', type: 'yes_no' },
  { label: 'Page', type: 'link' },
  { label: 'Remark', type: 'text' },
] as const

const header = ['Name', 'Phone', 'Mobile', 'E-mail', 'E-mail 2', 'Company', ...ownFields.map(({ label }) => label)]

/** A small generator with a fixed seed, so that every run measures the same list (mulberry32). */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const roll = dice(42)
const one = (words: readonly string[]) => words[Math.floor(roll() * words.length)] ?? ''
const two = (most: number) => String(1 + Math.floor(roll() * most)).padStart(2, '0')
const given = 'Ann Bob Carla Zoë José Dana Liam Noor Ximena Ola Pia Quinn Rosa Sam Tess Udo Vera Wim Yara'.split(' ')
const family = 'Miller García Lefèvre Nguyen Smith Roy Baker Stone Rivers Fields Marsh Banks Dale Hill Ford'.split(' ')
const cities = 'Portland Austin Denver Boston Tampa Fresno Salem Akron Provo Waco'.split(' ')

/** Seven digits that begin as numbers of North America do. */
const numberOf = (person: number) => `${200 + (Math.floor(person / 10_000) % 800)}${String(person % 10_000).padStart(4, '0')}`

const expected = { created: 0, duplicate: 0, invalid: 0 }

function cellsOf(n: number): string[] {
  const person = roll() < 0.05 && n > 100 ? Math.floor(roll() * n) : n
  return [
    `${one(given)} ${one(family)} ${person}`,
    `+1646${numberOf(person)}`,
    roll() < 0.7 ? `(212) ${numberOf(person).slice(0, 3)}-${numberOf(person).slice(3)}` : '',
    `person${person}@list.example`,
    roll() < 0.5 ? `p${person}@home.example` : '',
    `Company ${person % 5000}`,
    one(cities),
    `${1 + (n % 900)} Main St`,
    String(10_000 + (n % 80_000)),
    one(['Gold', 'Silver', 'Bronze']),
    one(['Tea', 'Tea; Coffee', 'Water', '']),
    `20${two(25)}-${two(12)}-${two(28)}`,
    `19${50 + (n % 50)}-${two(12)}-${two(28)}`,
    `$${n % 900}.${two(99)}`,
    `$${n % 70}.00`,
    String(n % 90),
    String(30 + (n % 20)),
    one(['yes', 'no']),
    `https://page${n % 1000}.example/`,
    one(['', 'Prefers mornings', 'Said: call me']),
  ]
}

async function writeList(file: string): Promise<void> {
  const out = createWriteStream(file)
  out.write(`${header.join(',')}\r\n`)
  const seen = new Set<number>()
  for (let n = 0; n < rows; n += 1) {
    const cells = cellsOf(n)
    const person = Number(/person(\d+)@/.exec(cells[3] ?? '')?.[1])
    if (roll() < 0.01) {
      expected.invalid += 1
      cells.push('one cell', 'too many')
    } else if (seen.has(person)) expected.duplicate += 1
    else {
      seen.add(person)
      expected.created += 1
    }
    if (!out.write(`${cells.join(',')}\r\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

const dataFolder = newDataFolder()
const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-import-'))
chmodSync(folder, 0o777) // the database writes there
const file = path.join(folder, 'list.csv')
await writeList(file)
const start = () => startDesk({ dataFolder, env: { TRUSTED_PROXY: '127.0.0.1', LOG_LEVEL: 'warn' } })
let desk = await start()
try {
  if (watches) {
    const client = await superuser()
    await client.query("alter system set shared_preload_libraries = 'pg_stat_statements'")
    await client.query("alter system set pg_stat_statements.track = 'all'")
    await client.query('create extension pg_stat_statements')
    await client.end()
    await desk.stop()
    desk = await start()
  }
  const owner = await becomeOwner(desk)
  const { version, sha256 } = await owner.call('GET /processing-terms')
  await owner.call('POST /processing-terms/acceptance', { body: { version, sha256 } })
  for (const { label, type, ...more } of ownFields) {
    await owner.call('POST /contact-fields', {
      body: {
        label,
        type,
        category: 'preference',
        filter: 'filter' in more,
        choices: 'choices' in more ? more.choices.map((choice, hue) => ({ label: choice, hue })) : [],
        currency: type === 'money' ? 'USD' : null,
      } as never,
    })
  }

  const began = performance.now()
  const blob = await openAsBlob(file)
  const { id: importId } = await owner.call('POST /imports', { file: new File([blob], 'list.csv') })
  const params = { importId }
  const load = () => owner.call('GET /imports/{importId}', { params })
  const until = async (state: string) => {
    for (;;) {
      const now = await load()
      if (now.state === state) return now
      if (now.state === 'failed' || now.state === 'paused') throw new Error(`The import is ${now.state}: ${now.problem}`)
      await pause(100)
    }
  }
  const seconds = (since: number) => (performance.now() - since) / 1000
  const draft = await until('draft')
  const lookSeconds = seconds(began)
  await owner.call('PATCH /imports/{importId}', {
    params,
    version: draft.version,
    body: { matchBy: ['email'], ground: { kind: 'unknown' } },
  })
  const checkBegan = performance.now()
  await owner.call('POST /imports/{importId}/check', { params })
  const { forecast } = await until('checked')
  const checkSeconds = seconds(checkBegan)
  const watching = watches ? await superuser() : undefined
  const spentSoFar = watching && (await watchTime({ desk, client: watching, profile }))
  const startBegan = performance.now()
  await owner.call('POST /imports/{importId}/start', { params, body: { vouched: true } })
  const done = await until('finished')
  const writeSeconds = seconds(startBegan)
  const wholeSeconds = seconds(began)
  const spent = await spentSoFar?.()
  await watching?.end()
  for (const [name, count] of Object.entries(expected)) {
    const got = [done.counts, forecast?.counts].map((counts) => counts?.[name as keyof typeof expected])
    if (got.some((each) => each !== count)) throw new Error(`${name}: ${count} expected, written and foretold ${got.join(' and ')}.`)
  }
  const peak = Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${desk.pids().worker}/status`, 'utf8'))?.[1]) / 1024

  const client = await superuser()
  const kept: [string, number][] = []
  for (const table of written) {
    const { rowCount } = await client.query(
      `copy (select * from ${table} where workspace_id = '${owner.workspace.id}') to '${folder}/${table}'`,
    )
    kept.push([table, rowCount ?? 0])
  }
  let undoSeconds = 0
  let undoSpent: TimeSpent | undefined
  if (values['without-undo'] !== true) {
    const undoWatch = watches ? await watchTime({ desk, client }) : undefined
    const undoBegan = performance.now()
    await owner.call('POST /imports/{importId}/undo', { params })
    const undone = await until('undone')
    undoSeconds = seconds(undoBegan)
    undoSpent = await undoWatch?.()
    if (undone.undo.removed !== expected.created) throw new Error(`${undone.undo.removed} contacts went, not ${expected.created}.`)
    for (const table of written.filter((name) => name !== 'import_row' && name !== 'timeline_event')) {
      const { rows: left } = await client.query(`select count(*)::int as n from ${table}`)
      if (left[0]?.n !== 0) throw new Error(`${left[0]?.n} rows of ${table} are left after the undo.`)
    }
  }

  await client.query(`truncate ${written.join(', ')} cascade`)
  await client.query('checkpoint')
  let copySeconds = 0
  const { rows: backend } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const copyProcessorBegan = processorSecondsOf(backend[0]?.pid ?? 0)
  for (const [table, count] of kept) {
    const copyBegan = performance.now()
    const { rowCount } = await client.query(`copy ${table} from '${folder}/${table}'`)
    copySeconds += seconds(copyBegan)
    if (watches) console.log(`${seconds(copyBegan).toFixed(1).padStart(8)} s to copy ${count} rows of ${table}`)
    if (rowCount !== count) throw new Error(`${rowCount} of ${count} rows of ${table} were copied.`)
  }
  const copyProcessor = processorSecondsOf(backend[0]?.pid ?? 0) - copyProcessorBegan
  await client.end()

  for (const [what, of] of [
    ['writing', spent],
    ['taking back', undoSpent],
  ] as const) {
    if (!of) continue
    console.log(`Where the time of ${what} went:`)
    for (const [who, took] of of.processors) console.log(`${took.toFixed(1).padStart(8)} s of a processor  ${who}`)
    for (const statement of of.statements) console.log(statement)
  }
  const rowsPerSecond = rows / writeSeconds
  const copyRowsPerSecond = rows / copySeconds
  console.log(
    `${rows} rows, ${expected.created} people, ${expected.duplicate} again, ${expected.invalid} broken; ${kept.map(([table, count]) => `${table} ${count}`).join(', ')}`,
  )
  console.log(
    `looked at in ${lookSeconds.toFixed(1)} s, tried out in ${checkSeconds.toFixed(1)} s, written in ${writeSeconds.toFixed(1)} s, taken back in ${undoSeconds.toFixed(1)} s`,
  )
  console.log(
    `COPY alone ${copySeconds.toFixed(1)} s (${copyProcessor.toFixed(1)} s of a processor); the worker held ${Math.round(peak)} MB at most`,
  )
  console.log(
    JSON.stringify({
      bench: 'import',
      metrics: {
        rows,
        rows_per_s: Math.round(rowsPerSecond),
        whole_rows_per_s: Math.round(rows / wholeSeconds),
        copy_rows_per_s: Math.round(copyRowsPerSecond),
        ratio: Math.round((rowsPerSecond / copyRowsPerSecond) * 1000) / 1000,
        check_rows_per_s: Math.round(rows / checkSeconds),
        undo_rows_per_s: Math.round(rows / undoSeconds),
        worker_peak_mb: Math.round(peak),
      },
    }),
  )
} catch (error) {
  console.error(desk.output().split('\n').slice(-20).join('\n'))
  throw error
} finally {
  await desk.stop()
  removeDataFolder(dataFolder)
  rmSync(folder, { recursive: true, force: true })
}

async function superuser(): Promise<pg.Client> {
  const running = readFileSync(path.join(dataFolder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(path.join(dataFolder, 'postgres/superuser-password'), 'utf8').trim()
  const client = new pg.Client({ host: '127.0.0.1', port: Number(running[3]), user: 'postgres', password, database: 'frontdesk' })
  await client.connect()
  return client
}
