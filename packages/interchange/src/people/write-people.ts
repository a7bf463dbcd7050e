import { type DelimitedWriting, writeDelimited } from '../delimited/write-delimited.ts'
import { writeCards } from '../vcard/write-cards.ts'
import { writeWorkbook } from '../workbook/write-workbook.ts'
import { type PeopleShape, peopleColumns } from './people-columns.ts'
import type { Person } from './person.ts'

/** The formats in which persons are written. */
export type PeopleFormat = 'csv' | 'tsv' | 'xlsx' | 'vcard-3.0' | 'vcard-4.0' | 'json'

/** What may be said about a file of persons; of `writing`, only delimited files take notice. */
export type PeopleWriting = { readonly shape?: PeopleShape; readonly writing?: DelimitedWriting; readonly sheet?: string }

/** Writes persons, piece by piece. */
export function writePeople(
  people: AsyncIterable<Person> | Iterable<Person>,
  format: PeopleFormat,
  { shape, writing = {}, sheet = 'People' }: PeopleWriting = {},
): AsyncGenerator<Uint8Array> {
  const { header, cells, days } = peopleColumns(shape)
  switch (format) {
    case 'csv':
      return writeDelimited(withHeader(header, people, cells), { ...writing, delimiter: writing.delimiter ?? ',' })
    case 'tsv':
      return writeDelimited(withHeader(header, people, cells), { ...writing, delimiter: '\t' })
    case 'xlsx':
      return writeWorkbook({
        header,
        sheet,
        rows: each(people, (person) => cells(person).map((cell, index) => (days.has(index) && cell !== '' ? { day: cell } : cell))),
      })
    case 'vcard-3.0':
      return writeCards(people, '3.0')
    case 'vcard-4.0':
      return writeCards(people, '4.0')
    case 'json':
      return writeJson(people)
  }
}

async function* each<T>(people: AsyncIterable<Person> | Iterable<Person>, of: (person: Person) => T): AsyncGenerator<T> {
  for await (const person of people) yield of(person)
}

async function* withHeader(
  header: readonly string[],
  people: AsyncIterable<Person> | Iterable<Person>,
  cells: (person: Person) => readonly string[],
) {
  yield header
  yield* each(people, cells)
}

/** One list of persons, one a line. */
async function* writeJson(people: AsyncIterable<Person> | Iterable<Person>): AsyncGenerator<Uint8Array> {
  let before = '[\n'
  for await (const person of people) {
    yield Buffer.from(`${before}${JSON.stringify(person)}`)
    before = ',\n'
  }
  yield Buffer.from(before === '[\n' ? '[]\n' : '\n]\n')
}
