import type { CheckProblem } from '@frontdesk/contract'
import {
  type DateOrder,
  dateOrderOf,
  detectDialect,
  FileUnreadable,
  openText,
  phoneReader,
  type ReadRow,
  type Row,
  readDate,
  surveyColumns,
} from '@frontdesk/interchange'

/** What one row says of a number. `reassigned` is a word, or the day on which the number was taken from whoever had it. */
export type CheckedNumber = {
  readonly line: number
  readonly number: string
  readonly kind: 'mobile' | 'landline' | 'voip' | null
  readonly reassigned: 'yes' | 'no' | 'no_data' | Temporal.PlainDate | null
  readonly checkedOn: Temporal.PlainDate
  readonly checkedWith: string | null
}

export type ReadChecks = {
  readonly rows: number
  readonly checks: readonly CheckedNumber[]
  readonly broken: readonly { readonly line: number; readonly problem: CheckProblem }[]
}

/** What the file is read by: what holds where it does not say. */
export type ChecksReading = {
  readonly country: string | null
  readonly today: Temporal.PlainDate
  readonly checkedOn: Temporal.PlainDate | null
  readonly checkedWith: string | null
}

type Column = 'number' | 'line' | 'reassigned' | 'checkedOn' | 'checkedWith'

/** The names of columns, folded, as number checkers and people write them in English, Spanish and French. */
const columnNames: { readonly [C in Column]: readonly string[] } = {
  number:
    'number|phone|phone number|telephone|telephone number|mobile|e164|msisdn|numero|telefono|numero de telefono|telephone numero|numero de telephone'.split(
      '|',
    ),
  line: 'line|line type|linetype|phone type|number type|carrier type|kind of line|type|tipo|tipo de linea|tipo de telefono|type de ligne|ligne'.split(
    '|',
  ),
  reassigned:
    'reassigned|reassigned date|reassigned on|reassigned number|given to somebody else|disconnected|disconnect date|rnd|reasignado|fecha de reasignacion|reattribue|date de reattribution'.split(
      '|',
    ),
  checkedOn:
    'checked|checked at|checked on|check date|date|date checked|lookup date|looked up|queried at|fecha|comprobado|comprobado el|fecha de comprobacion|verifie|verifie le|date de verification'.split(
      '|',
    ),
  checkedWith: 'source|checked with|provider|service|database|fuente|comprobado con|proveedor|verifie avec|fournisseur'.split('|'),
}

/** The words for lines; what a checker does not know says nothing. */
const lineWords = new Map<string, CheckedNumber['kind']>([
  ...'mobile|cell|cell phone|cellular|wireless|movil|celular|portable'.split('|').map((word) => [word, 'mobile'] as const),
  ...'landline|fixed|fixed line|fixedline|wireline|fijo|linea fija|fixe|ligne fixe'.split('|').map((word) => [word, 'landline'] as const),
  ...'voip|fixed voip|non fixed voip|nonfixedvoip|fixedvoip|internet|internet telephone|virtual'
    .split('|')
    .map((word) => [word, 'voip'] as const),
  ...'|unknown|none|null|na|n a|desconocido|inconnu'.split('|').map((word) => [word, null] as const),
])
const answerWords = new Map<string, 'yes' | 'no' | 'no_data' | null>([
  ...'yes|y|true|1|si|oui'.split('|').map((word) => [word, 'yes'] as const),
  ...'no|n|false|0|non'.split('|').map((word) => [word, 'no'] as const),
  ...'no data|nodata|unknown|sin datos|aucune donnee'.split('|').map((word) => [word, 'no_data'] as const),
  ...'|null|na|n a'.split('|').map((word) => [word, null] as const),
])

/** Lower case, without accents, words apart by one space. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const longestSource = 120
/** So much of a file tells how it is written. */
const sampleChars = 262_144

/**
 * Reads a file of checked numbers: every row, or why it cannot be used. Throws `FileUnreadable` where the file is empty or its first row does not name a column of numbers and
 * one of what was checked.
 */
export async function readChecks(text: string, reading: ChecksReading): Promise<ReadChecks> {
  const plain = text.replace(/^\uFEFF/, '')
  const { value: dialect } = detectDialect(plain.slice(0, sampleChars), { whole: plain.length <= sampleChars })
  const table = await openText([plain], { ...dialect, header: true, ragged: true })
  const place = columnsOf(table.header ?? [])
  const survey = surveyColumns(table.width, reading.country)
  const found: ReadRow[] = []
  for await (const rows of table.rows) {
    survey.take(rows)
    found.push(...rows.filter((row) => row.kind === 'broken' || row.cells.some((cell) => cell.trim() !== '')))
  }
  const contents = survey.columns()
  const orderOf = (column: number | undefined): DateOrder | null => {
    const content = column === undefined ? undefined : contents[column]
    return content === undefined ? null : dateOrderOf(content, null).value
  }
  const read = rowReader(reading, place, { checkedOn: orderOf(place.checkedOn), reassigned: orderOf(place.reassigned) })
  const checks: CheckedNumber[] = []
  const broken: { line: number; problem: CheckProblem }[] = []
  for (const row of found) {
    const one = row.kind === 'broken' ? 'unreadable' : read(row)
    if (typeof one === 'string') broken.push({ line: row.line, problem: one })
    else checks.push(one)
  }
  return { rows: found.length, checks, broken }
}

type Places = { readonly number: number } & { readonly [C in Exclude<Column, 'number'>]: number | undefined }

function columnsOf(header: readonly string[]): Places {
  const names = header.map(fold)
  const find = (column: Column): number | undefined => {
    const at = names.findIndex((name) => columnNames[column].includes(name))
    return at < 0 ? undefined : at
  }
  const number = find('number')
  const [line, reassigned, checkedOn, checkedWith] = [find('line'), find('reassigned'), find('checkedOn'), find('checkedWith')]
  if (number === undefined || (line === undefined && reassigned === undefined))
    throw new FileUnreadable('header_unreadable', 'The first row has to name a column of numbers, and one of what was checked.')
  return { number, line, reassigned, checkedOn, checkedWith }
}

type Orders = { readonly checkedOn: DateOrder | null; readonly reassigned: DateOrder | null }

function rowReader(reading: ChecksReading, place: Places, orders: Orders): (row: Row) => CheckedNumber | CheckProblem {
  const phone = phoneReader(reading.country)
  const today = reading.today.toString()
  const dayOf = (cell: string, order: DateOrder | null): Temporal.PlainDate | 'not_a_date' | 'date_could_be_two' => {
    const day = readDate(cell, { order, today })
    if (day === 'not_a_date' || day === 'date_could_be_two') return day
    return day.startsWith('--') ? 'not_a_date' : Temporal.PlainDate.from(day)
  }
  const isToCome = (day: Temporal.PlainDate) => Temporal.PlainDate.compare(day, reading.today) > 0
  return ({ line, cells }) => {
    const cell = (column: number | undefined): string => (column === undefined ? '' : (cells[column] ?? '').trim())
    const number = phone(cell(place.number))
    if (number === undefined || number.extension !== undefined) return 'not_a_phone'
    const kind = lineWords.get(fold(cell(place.line)))
    if (kind === undefined) return 'not_a_line'
    const said = cell(place.reassigned)
    const reassigned = answerWords.has(fold(said))
      ? answerWords.get(fold(said))
      : /\d/.test(said)
        ? dayOf(said, orders.reassigned)
        : 'not_an_answer'
    if (reassigned === 'not_an_answer' || reassigned === 'not_a_date' || reassigned === 'date_could_be_two') return reassigned
    if (reassigned instanceof Temporal.PlainDate && isToCome(reassigned)) return 'day_to_come'
    const checked = cell(place.checkedOn)
    const checkedOn = checked === '' ? reading.checkedOn : dayOf(checked, orders.checkedOn)
    if (checkedOn === null) return 'day_missing'
    if (typeof checkedOn === 'string') return checkedOn
    if (isToCome(checkedOn)) return 'day_to_come'
    const checkedWith = cell(place.checkedWith) || reading.checkedWith
    if (checkedWith !== null && checkedWith.length > longestSource) return 'source_too_long'
    if (kind === null && (reassigned ?? null) === null) return 'nothing_said'
    return { line, number: number.value, kind, reassigned: reassigned ?? null, checkedOn, checkedWith }
  }
}
