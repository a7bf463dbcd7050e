/**
 * How fast lists of people are read, on one core and without a disk: rows of 20 columns as a business keeps them, made with a fixed seed. `split` gives cells, `quoted` the same with every cell in
 * quotes, `people` everything from bytes to normalised persons, `workbook` the cells of the same rows in Excel's format. Memory is the most that is in use while a million rows go by.
 */
import {
  bytesInHand,
  isRow,
  openDelimited,
  openSheet,
  openWorkbook,
  type Person,
  proposeMapping,
  readPeople,
  rowWriter,
  surveyColumns,
  writeWorkbook,
} from '@frontdesk/interchange'

const rows = 100_000
const header =
  'First Name,Last Name,Email,Phone,Mobile,Company,Job Title,Street,City,State,ZIP,Country,Birthday,Newsletter,Visits,Balance,Notes,Tags,Language,Record ID'.split(
    ',',
  )

/** A small generator with a fixed seed, so that every run measures the same corpus (mulberry32). */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const roll = dice(20)
const one = (words: string) => words.split('|')[Math.floor(roll() * words.split('|').length)] ?? ''
const digits = (count: number) => Array.from({ length: count }, () => Math.floor(roll() * 10)).join('')
const two = (most: number) => String(1 + Math.floor(roll() * most)).padStart(2, '0')

function cellsOf(index: number): string[] {
  const given = one('Ann|Bob|Carla|Zoë|José|Marie-Ève|Dana|Liam|Noor|Ximena')
  const family = one('Miller|García|Lefèvre|O’Brien|Nguyen|Smith|de la Cruz|Roy')
  return [
    given,
    family,
    `person${index}@example.com`,
    `(${2 + Math.floor(roll() * 7)}${digits(2)}) ${2 + Math.floor(roll() * 7)}${digits(2)}-${digits(4)}`,
    roll() < 0.7 ? `+1 ${2 + Math.floor(roll() * 7)}${digits(2)} ${2 + Math.floor(roll() * 7)}${digits(2)} ${digits(4)}` : '',
    one('|Acme, Inc.|Northwind|Corner Bakery'),
    one('|Owner|Manager|Reception'),
    `${1 + Math.floor(roll() * 900)} ${one('Main St|Oak Ave|5th Ave')}`,
    one('Portland|Austin|Montréal|Denver'),
    one('ME|TX|QC|CO'),
    digits(5),
    one('USA|Canada|United States'),
    `${two(12)}/${two(28)}/${1940 + Math.floor(roll() * 70)}`,
    one('yes|no'),
    String(Math.floor(roll() * 90)),
    `$${Math.floor(roll() * 900)}.${digits(2)}`,
    one('||Prefers mornings|Said: "call me", then moved'),
    one('|vip|vip; new|new'),
    one('en|es|fr'),
    `R-${index}`,
  ]
}

/** The file as bytes. Nothing else of it is kept: a heap full of rows would be what is measured. */
function fileOf(write: (cells: readonly string[]) => string): Buffer {
  const parts = [Buffer.from(write(header))]
  for (let from = 0; from < rows; from += 1000) {
    parts.push(Buffer.from(Array.from({ length: 1000 }, (_, index) => write(cellsOf(from + index))).join('')))
  }
  return Buffer.concat(parts)
}

const plain = fileOf(rowWriter())
const quoted = fileOf((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`)

function* pieces(bytes: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

async function split(bytes: Buffer): Promise<number> {
  let count = 0
  for await (const batch of (await openDelimited(pieces(bytes))).rows) count += batch.length
  return count
}

const first = await openDelimited(pieces(plain))
const survey = surveyColumns(first.width, 'US')
for await (const batch of first.rows) {
  survey.take(batch)
  break
}
const mapping = proposeMapping({ header, contents: survey.columns(), country: 'US', currency: 'USD' }).map(({ value }) => value)

async function people(bytes: Buffer): Promise<number> {
  const { rows: read } = await openDelimited(pieces(bytes))
  let count = 0
  let last: Person | undefined
  for await (const batch of readPeople(read, mapping, { country: 'US', culture: 'en', currency: 'USD', today: '2026-11-30' })) {
    for (const row of batch) {
      if (row.kind !== 'person') continue
      count += 1
      last = row.person
    }
  }
  if (last?.emails.length !== 1) throw new Error('The last row was not read.')
  return count
}

const workbook = Buffer.concat(
  await Array.fromAsync(
    writeWorkbook({
      header,
      rows: (await Array.fromAsync((await openDelimited(pieces(plain))).rows))
        .flat()
        .filter(isRow)
        .map(({ cells }) => cells),
    }),
  ),
)

async function sheet(): Promise<number> {
  let count = 0
  const { rows: read } = await openSheet(await openWorkbook(bytesInHand(workbook)))
  for await (const batch of read) count += batch.length
  return count
}

/** A million rows, ten times the same ones. */
async function peakMegabytes(): Promise<number> {
  function* million() {
    yield plain
    const body = plain.subarray(plain.indexOf('\n') + 1)
    for (let turn = 1; turn < 1_000_000 / rows; turn += 1) yield* pieces(body)
  }
  const before = process.memoryUsage()
  let most = 0
  const { rows: read } = await openDelimited(million())
  for await (const batch of readPeople(read, mapping, { country: 'US', culture: 'en', currency: 'USD', today: '2026-11-30' })) {
    if (batch.length === 0) continue
    const { heapUsed, external } = process.memoryUsage()
    most = Math.max(most, heapUsed + external - before.heapUsed - before.external)
  }
  const megabytes = Math.round(most / 2 ** 20)
  console.log(`memory   ${megabytes} MB at most for a million rows`)
  return megabytes
}

async function surveyed(bytes: Buffer): Promise<number> {
  const table = await openDelimited(pieces(bytes))
  const columns = surveyColumns(table.width, 'US')
  for await (const batch of table.rows) columns.take(batch)
  return columns.columns()[0]?.filled ?? 0
}

/** The best of five, by the processor's time of this thread: what else the machine does is not measured. */
async function rate(name: string, work: () => Promise<number>): Promise<number> {
  let best = 0
  for (let turn = 0; turn < 5; turn += 1) {
    const start = process.threadCpuUsage()
    const count = await work()
    const { user, system } = process.threadCpuUsage(start)
    if (count !== rows) throw new Error(`${name} read ${count} of ${rows} rows.`)
    best = Math.max(best, (count / (user + system)) * 1_000_000)
  }
  console.log(`${name.padEnd(8)} ${Math.round(best).toLocaleString('en')} rows/s`)
  return Math.round(best)
}

const metrics = {
  split_rows_per_s: await rate('split', () => split(plain)),
  quoted_rows_per_s: await rate('quoted', () => split(quoted)),
  survey_rows_per_s: await rate('survey', () => surveyed(plain)),
  people_rows_per_s: await rate('people', () => people(plain)),
  workbook_rows_per_s: await rate('workbook', sheet),
  peak_mb_1m_rows: await peakMegabytes(),
}
console.log(JSON.stringify({ bench: 'interchange', metrics }))
