import fc from 'fast-check'
import { expect, it } from 'vitest'
import { detectFormat } from '../detect-format.ts'
import type { ReadRow, Table } from '../rows.ts'
import { decodeText } from '../text/decode-text.ts'
import { surveyEncoding } from '../text/detect-encoding.ts'
import type { Encoding } from '../text/encodings.ts'
import { detectDialect } from './detect-dialect.ts'
import { type Dialect, plainDialect } from './dialect.ts'
import { openDelimited, splitWhole } from './open-delimited.ts'
import { RowSplitter } from './split-rows.ts'
import { rowWriter, unguarded, writeDelimited } from './write-delimited.ts'

const cell = fc.oneof(
  fc.constantFrom(
    '',
    'Ann',
    'a,b',
    'x;y',
    '"',
    '""',
    'say "hi"',
    '\n',
    'two\nlines',
    'two\r\nlines',
    "'",
    ' ',
    '=1+1',
    '+1 212',
    'Zoë',
    '日本',
    '😀',
  ),
  fc.string({ unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r', '\t', ' ', 'é') }),
)
const rowsOf = (least: number) =>
  fc
    .integer({ min: least, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }))

const readCells = async (table: Table): Promise<string[][]> => {
  const rows = (await Array.fromAsync(table.rows)).flat()
  return rows.map((row) => (row.kind === 'row' ? [...row.cells] : [`broken: ${row.raw}`]))
}

it('reads what it wrote, in every dialect and encoding', async () => {
  const encodings: readonly Encoding[] = ['utf-8', 'utf-16le', 'utf-16be']
  await fc.assert(
    fc.asyncProperty(
      rowsOf(1),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom<Dialect['lineEnd']>('\n', '\r\n'),
      fc.constantFrom(...encodings),
      fc.boolean(),
      async (rows, delimiter, lineEnd, encoding, mark) => {
        const dialect = { delimiter, lineEnd, header: false }
        const bytes = await Array.fromAsync(writeDelimited(rows, { delimiter, lineEnd, encoding, mark }))
        const table = await openDelimited(bytes, { encoding, dialect })
        expect(await readCells(table)).toEqual(rows)
      },
    ),
    { numRuns: 200 },
  )
})

it('takes the guard against formulas off again', () => {
  fc.assert(
    fc.property(cell, (text) => {
      const line = rowWriter({ guardFormulas: true })([text, 'x'])
      const [row] = splitWhole(line, plainDialect)
      expect(row?.kind === 'row' && unguarded(row.cells[0] ?? '')).toBe(text)
    }),
  )
})

it('reads the same rows, whatever pieces a file comes in', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\r\n', 'a,b\n', '"x",1\n', '"y\nz",2\n'), maxLength: 60 }),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 20 }),
      fc.constantFrom(12, 1000),
      (text, sizes, rowChars) => {
        const whole = new RowSplitter(plainDialect, { rowChars })
        const expected = [...whole.push(text), ...whole.end()]
        const pieces = new RowSplitter(plainDialect, { rowChars })
        const rows: ReadRow[] = []
        for (let at = 0, turn = 0; at < text.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1
          rows.push(...pieces.push(text.slice(at, at + size)))
          at += size
        }
        rows.push(...pieces.end())
        const good = (list: readonly ReadRow[]) => list.filter((row) => row.kind === 'row')
        expect(good(rows)).toEqual(good(expected))
      },
    ),
    { numRuns: 3000 },
  )
})

it('never loses a good row beside a row with broken quotes', () => {
  const plain = fc
    .string({ unit: fc.constantFrom('a', 'b', ' ', ',', '"', '\n', '5'), minLength: 1, maxLength: 8 })
    .map((text) => `k${text}k`)
  const table = fc.array(fc.array(plain, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 12 })
  fc.assert(
    fc.property(table, fc.nat(), fc.nat(), fc.constantFrom('insert', 'remove'), (rows, which, where, how) => {
      const write = rowWriter({ lineEnd: '\n' })
      const lines = rows.map((row) => write(row))
      const broken = 1 + (which % (rows.length - 1))
      lines[broken] = breakQuote(lines[broken] ?? '', where, how)
      const read = splitWhole(lines.join(''), { ...plainDialect, lineEnd: '\n' }).flatMap((row) =>
        row.kind === 'row' ? [row.cells.join('|')] : [],
      )
      const good = rows.filter((_row, index) => index !== broken).map((row) => row.join('|'))
      let from = 0
      for (const row of good) {
        const at = read.indexOf(row, from)
        expect(at, `${JSON.stringify(lines.join(''))} lost ${row}`).toBeGreaterThanOrEqual(from)
        from = at + 1
      }
    }),
    { numRuns: 5000 },
  )
})

/** Puts a quote where none belongs, or takes one out. */
function breakQuote(line: string, where: number, how: string): string {
  const quotes = [...line].flatMap((char, at) => (char === '"' ? [at] : []))
  if (how === 'remove' && quotes.length > 0) {
    const at = quotes[where % quotes.length] ?? 0
    return line.slice(0, at) + line.slice(at + 1)
  }
  const at = where % line.length
  return `${line.slice(0, at)}"${line.slice(at)}`
}

it('ends on any bytes, and throws nothing but what it says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      const survey = surveyEncoding()
      survey.take(bytes)
      const encoding = survey.guess().value
      detectFormat(bytes)
      const text = (await Array.fromAsync(decodeText([bytes], encoding))).join('')
      const dialect = detectDialect(text, { whole: true }).value
      const read = await openDelimited([bytes], { encoding, dialect }).catch((error: unknown) => error)
      if (read instanceof Error) expect(read.name).toBe('FileUnreadable')
      else await readCells(read as Table)
    }),
    { numRuns: 500 },
  )
})
