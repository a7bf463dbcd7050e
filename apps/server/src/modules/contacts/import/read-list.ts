import type { BrokenRow, CardProblem, CardRow, CellProblem, Person, PersonReading, ReadRow } from '@frontdesk/interchange'
import { personReader } from '@frontdesk/interchange'
import type { Files } from '../../../platform/files/index.ts'
import type { ListFormat } from './import.tables.ts'
import { cardExtras, type Incoming, type IncomingFacts, incomingFrom } from './incoming.rules.ts'
import { type ListFile, openList } from './open-list.ts'
import { mappingFor, type Settled } from './targets.rules.ts'

/** A value that an own field did not take. */
export type OwnProblem = { readonly code: 'own_value'; readonly key: string; readonly value: string }
type BrokenCard = Extract<CardRow, { kind: 'broken' }>

/** One row of a list, in order and counted from 1; rows that say nothing are left out. */
export type ListRow = {
  readonly number: number
  readonly line: number
  /** What the row is in its file, to write it back with its reasons. */
  readonly source: ReadRow | { readonly raw: string }
  /** Undefined where nobody can be made of it. */
  readonly incoming: Incoming | undefined
  readonly broken: (BrokenRow | BrokenCard)['problem'] | undefined
  readonly problems: readonly (CellProblem | CardProblem | OwnProblem)[]
}

/** All that reading a list needs to know. */
export type ReadingList = {
  readonly file: ListFile
  readonly format: ListFormat
  readonly settled: Settled
  readonly reading: PersonReading
  readonly facts: Omit<IncomingFacts, 'extras' | 'fields'>
}

export type ListReading = {
  readonly header: readonly string[] | null
  readonly width: number
  readonly batches: AsyncGenerator<readonly ListRow[]>
}

/** Which rows of a list are wanted, by their numbers. */
type Wanted = (number: number) => boolean

/** Reads a list in batches of `size` rows, those that are `wanted`. Others are split and not read: going on after a crash costs little. */
export async function readList(
  files: Pick<Files, 'get'>,
  list: ReadingList,
  { wanted = () => true, size, most }: { readonly wanted?: Wanted; readonly size: number; readonly most?: number },
): Promise<ListReading> {
  const open = await openList(files, list.file, list.format, list.reading, most)
  if (open.kind === 'cards') {
    return { header: null, width: 0, batches: inBatches(cardRows(open.cards, list, wanted), size) }
  }
  return { header: open.header, width: open.width, batches: inBatches(tableRows(open.rows, list, wanted), size) }
}

/** Batches, the next of which can be read while the last one is still worked on. */
export class ReadAhead {
  readonly #batches: AsyncGenerator<readonly ListRow[]>
  #next: ReturnType<AsyncGenerator<readonly ListRow[]>['next']> | undefined
  constructor(batches: AsyncGenerator<readonly ListRow[]>) {
    this.#batches = batches
  }

  /** Begins to read the next batch, unless that is going on already. */
  begin = (): void => {
    this.#next ??= this.#batches.next()
    this.#next.catch(() => undefined) // heard in `next`
  }

  /** The next batch; undefined behind the last one. */
  async next(): Promise<readonly ListRow[] | undefined> {
    this.begin()
    const read = await this.#next
    this.#next = undefined
    return read === undefined || read.done ? undefined : read.value
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.#next?.catch(() => undefined)
    await this.#batches.return(undefined)
  }
}

async function* inBatches(rows: AsyncIterable<readonly ListRow[]>, size: number): AsyncGenerator<readonly ListRow[]> {
  let waiting: ListRow[] = []
  for await (const some of rows) {
    for (const row of some) {
      waiting.push(row)
      if (waiting.length < size) continue
      yield waiting
      waiting = []
    }
  }
  if (waiting.length > 0) yield waiting
}

const fieldsByKey = ({ fields }: Settled) =>
  new Map(fields.filter(({ archived_at }) => archived_at === null).map((field) => [field.key, field]))

async function* tableRows(
  batches: AsyncIterable<readonly ReadRow[]>,
  { settled, reading, facts }: ReadingList,
  wanted: Wanted,
): AsyncGenerator<readonly ListRow[]> {
  const read = personReader(mappingFor(settled), reading)
  const known: IncomingFacts = { ...facts, fields: fieldsByKey(settled), extras: new Map() }
  let number = 0
  for await (const batch of batches) {
    const rows: ListRow[] = []
    for (const row of batch) {
      if (row.kind === 'row' && row.cells.every((cell) => cell === '' || cell.trim() === '')) continue
      number += 1
      if (!wanted(number)) continue
      if (row.kind === 'broken') {
        rows.push({ number, line: row.line, source: row, incoming: undefined, broken: row.problem, problems: [] })
        continue
      }
      const { person, problems } = read(row)
      rows.push({ number, line: row.line, source: row, broken: undefined, ...madeOf(person, problems, known) })
    }
    if (rows.length > 0) yield rows
  }
}

async function* cardRows(
  batches: AsyncIterable<readonly CardRow[]>,
  { settled, facts }: ReadingList,
  wanted: Wanted,
): AsyncGenerator<readonly ListRow[]> {
  const fields = fieldsByKey(settled)
  const extras = new Map(
    cardExtras.flatMap((word) => {
      const target = settled.columns.find(({ name }) => name === word)?.target
      const field = target?.use === 'own' ? fields.get(target.key) : undefined
      return field ? [[word as string, field] as const] : []
    }),
  )
  const known: IncomingFacts = { ...facts, fields, extras }
  let number = 0
  for await (const batch of batches) {
    const rows: ListRow[] = []
    for (const card of batch) {
      if (card.kind === 'empty') continue
      number += 1
      if (!wanted(number)) continue
      const { line, raw } = card
      if (card.kind === 'broken') rows.push({ number, line, source: { raw }, incoming: undefined, broken: card.problem, problems: [] })
      else rows.push({ number, line, source: { raw }, broken: undefined, ...madeOf(card.person, card.problems, known) })
    }
    if (rows.length > 0) yield rows
  }
}

function madeOf(
  person: Person,
  problems: readonly (CellProblem | CardProblem)[],
  facts: IncomingFacts,
): Pick<ListRow, 'incoming' | 'problems'> {
  let own: OwnProblem[] | undefined
  const incoming = incomingFrom(person, facts, (key, value) => {
    own ??= []
    own.push({ code: 'own_value', key, value: value.slice(0, 200) })
  })
  return { incoming, problems: own === undefined ? problems : [...problems, ...own] }
}
