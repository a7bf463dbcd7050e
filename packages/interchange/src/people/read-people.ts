import type { Mapping } from '../columns/fields.ts'
import type { BrokenRow, ReadRow, Row } from '../rows.ts'
import { type PersonRead, type PersonReading, personReader } from './read-person.ts'

/** One row of a list, as far as it could be read. */
export type PersonRow =
  | ({ readonly kind: 'person'; readonly row: Row } & PersonRead)
  | { readonly kind: 'empty'; readonly row: Row }
  | BrokenRow

/** Reads a list, batch by batch. A row that says nothing is `empty`; one that could not be split is `broken`; neither stops the rest. */
export async function* readPeople(
  rows: AsyncIterable<readonly ReadRow[]>,
  mapping: Mapping,
  reading: PersonReading,
): AsyncGenerator<readonly PersonRow[]> {
  const read = personReader(mapping, reading)
  for await (const batch of rows) {
    yield batch.map((row): PersonRow => {
      if (row.kind === 'broken') return row
      if (isBlank(row)) return { kind: 'empty', row }
      const { person, problems } = read(row)
      return { kind: 'person', row, person, problems }
    })
  }
}

function isBlank({ cells }: Row): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false
  return true
}
