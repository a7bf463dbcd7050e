import { type CellShape, cellShape } from '../cells/cell-shape.ts'
import { readEmails } from '../cells/read-emails.ts'
import { phoneReader, readPhones } from '../cells/read-phones.ts'
import { readCountry } from '../cells/read-places.ts'
import { detached } from '../delimited/open-delimited.ts'
import type { ReadRow } from '../rows.ts'

/** What the cells of one column look like. Shares are of the filled cells that were looked at. */
export type ColumnContent = {
  readonly filled: number
  readonly shares: { readonly [shape in Exclude<CellShape, 'empty'> | 'postalCode' | 'country' | 'money']: number }
  /** Share of the cells that hold more than one value. */
  readonly several: number
  /** The first filled cells, each once. */
  readonly samples: readonly string[]
  /** The different values and how often they come, most often first; null where there are too many. */
  readonly values: readonly (readonly [string, number])[] | null
  /** In which order days and months are written: what the whole column allows. */
  readonly dates: DateEvidence
  readonly decimals: { readonly points: number; readonly commas: number; readonly unclear: number }
}

/** How many dates can only be read in one order, and how many in either. */
export type DateEvidence = { readonly dmy: number; readonly mdy: number; readonly ymd: number; readonly either: number }

const lookedAt = 2000
const mostValues = 40
const dateParts = /^(\d{1,4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,4})(?!\d)/
const postal = /^(\d{5}(-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4} ?[A-Z]{2}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/i
const money = /[$€£¥₹]|\b(USD|EUR|GBP|CAD|MXN|CHF)\b/

type Tally = {
  filled: number
  looked: number
  shapes: Record<CellShape | 'postalCode' | 'country' | 'money', number>
  several: number
  samples: string[]
  values: Map<string, number> | null
  dates: { dmy: number; mdy: number; ymd: number; either: number }
  decimals: { points: number; commas: number; unclear: number }
}

/** Looks at columns, batch by batch. */
export type ColumnSurvey = {
  readonly take: (rows: readonly ReadRow[]) => void
  readonly columns: () => readonly ColumnContent[]
}

/** Surveys the columns of a file: the first rows closely, and of all rows what only the whole column can tell, such as whether 03/04 is in March. */
export function surveyColumns(width: number, country: string | null): ColumnSurvey {
  const tallies = Array.from({ length: width }, newTally)
  const readPhone = phoneReader(country)
  const lookAt = (tally: Tally, cell: string) => {
    const shape = cellShape(cell)
    tally.looked += 1
    if (shape === 'text' && cell.includes('@')) tally.shapes[readEmails(cell).emails.length > 0 ? 'email' : 'text'] += 1
    else if (shape === 'text' && /\d/.test(cell) && readPhones(cell, readPhone).phones.length > 0) tally.shapes.phone += 1
    else if (shape === 'phone') tally.shapes[readPhone(cell) === undefined ? 'text' : 'phone'] += 1
    else tally.shapes[shape] += 1
    if (postal.test(cell)) tally.shapes.postalCode += 1
    if (money.test(cell) && /\d/.test(cell)) tally.shapes.money += 1
    if (shape === 'text' && cell.length < 40 && readCountry(cell) !== undefined) tally.shapes.country += 1
    if (/ ::: |;/.test(cell)) tally.several += 1
    if (tally.samples.length < 5 && !tally.samples.includes(cell)) tally.samples.push(detached(cell.slice(0, 200)))
  }
  let rowsTaken = 0
  return {
    take(rows) {
      for (const row of rows) {
        if (row.kind === 'broken') continue
        rowsTaken += 1
        for (let index = 0; index < width; index += 1) {
          const cell = row.cells[index] ?? ''
          const tally = tallies[index]
          if (cell === '' || tally === undefined) continue
          tally.filled += 1
          if (rowsTaken <= lookedAt) lookAt(tally, cell.trim())
          countValue(tally, cell)
          if (rowsTaken <= lookedAt || tally.dates.either + tally.dates.dmy + tally.dates.mdy > 0) weighDate(tally, cell)
          if (rowsTaken <= lookedAt || tally.decimals.unclear > 0) weighDecimal(tally, cell)
        }
      }
    },
    columns: () => tallies.map(contentOf),
  }
}

const newTally = (): Tally => ({
  filled: 0,
  looked: 0,
  shapes: { empty: 0, email: 0, url: 0, date: 0, number: 0, phone: 0, yesNo: 0, text: 0, postalCode: 0, country: 0, money: 0 },
  several: 0,
  samples: [],
  values: new Map(),
  dates: { dmy: 0, mdy: 0, ymd: 0, either: 0 },
  decimals: { points: 0, commas: 0, unclear: 0 },
})

function countValue(tally: Tally, cell: string): void {
  const count = tally.values?.get(cell)
  if (tally.values === null) return
  if (count !== undefined) tally.values.set(cell, count + 1)
  else if (tally.values.size >= mostValues || cell.length > 80) tally.values = null
  else tally.values.set(detached(cell), 1)
}

function weighDate({ dates }: Tally, cell: string): void {
  const [, one = '', two = '', three = ''] = dateParts.exec(cell.trim()) ?? []
  if (three === '') return
  if (one.length === 4) dates.ymd += 1
  else if (Number(one) > 31) dates.ymd += 1
  else if (Number(one) > 12 && Number(two) <= 12) dates.dmy += 1
  else if (Number(two) > 12 && Number(one) <= 12) dates.mdy += 1
  else if (one !== two) dates.either += 1
}

function weighDecimal({ decimals }: Tally, cell: string): void {
  const [, separator, digits = ''] = /([.,])(\d*)\D*$/.exec(cell.trim()) ?? []
  if (separator === undefined || !/^[-+($€£\s\d.,'\u00a0\u202f]+[€$£%)A-Z\s]*$/.test(cell)) return
  const other = separator === '.' ? ',' : '.'
  const telling = digits.length !== 3 || cell.includes(other)
  if (!telling) decimals.unclear += 1
  else if (separator === '.') decimals.points += 1
  else decimals.commas += 1
}

function contentOf(tally: Tally): ColumnContent {
  const { empty: _empty, ...shapes } = tally.shapes
  const share = (count: number) => (tally.looked === 0 ? 0 : Math.round((count / tally.looked) * 1000) / 1000)
  return {
    filled: tally.filled,
    shares: {
      email: share(shapes.email),
      url: share(shapes.url),
      date: share(shapes.date),
      number: share(shapes.number),
      phone: share(shapes.phone),
      yesNo: share(shapes.yesNo),
      text: share(shapes.text),
      postalCode: share(shapes.postalCode),
      country: share(shapes.country),
      money: share(shapes.money),
    },
    several: share(tally.several),
    samples: tally.samples,
    values: tally.values && [...tally.values].toSorted(([, one], [, other]) => other - one),
    dates: { ...tally.dates },
    decimals: { ...tally.decimals },
  }
}
