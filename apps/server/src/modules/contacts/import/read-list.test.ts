import { expect, it } from 'vitest'
import type { ListFormat } from './import.tables.ts'
import { ReadAhead, type ReadingList, readList } from './read-list.ts'

const people = Array.from({ length: 7 }, (_, place) => `Person ${place + 1},person${place + 1}@list.example`)
const bytes = Buffer.from(`Name,E-mail\n${people.toSpliced(3, 0, ',').join('\n')}\n`)
const files = {
  get: (_: unknown, range?: { readonly start: number; readonly end: number }) =>
    Promise.resolve([range ? bytes.subarray(range.start, range.end) : bytes].values()),
} as never

const column = (name: string, field: 'name' | 'email') =>
  ({ name, target: { use: 'field', field }, dateOrder: null, decimal: '.' }) as ReadingList['settled']['columns'][number]
const list: ReadingList = {
  file: { size: bytes.length } as ReadingList['file'],
  format: { kind: 'delimited', encoding: 'utf-8', dialect: null } as ListFormat,
  settled: { columns: [column('Name', 'name'), column('E-mail', 'email')], dateOrder: null, fields: [] },
  reading: { country: 'US', culture: 'en', currency: 'USD', today: '2026-11-30' },
  facts: { members: new Map(), memberIds: new Set(), tags: [], country: null, today: '2026-11-30' },
}

it('gives the rows that are wanted under the numbers that they have in the whole list', async () => {
  const { batches } = await readList(files, list, { wanted: (number) => number === 2 || number > 5, size: 2 })
  const read = await Array.fromAsync(batches)
  expect(read.map((batch) => batch.map(({ number, incoming }) => [number, incoming?.name]))).toEqual([
    [
      [2, 'Person 2'],
      [6, 'Person 6'],
    ],
    [[7, 'Person 7']],
  ])
})

it('reads ahead without leaving out or repeating a batch, however often it is begun', async () => {
  const { batches } = await readList(files, list, { size: 3 })
  const ahead = new ReadAhead(batches)
  const numbers: number[] = []
  for (let batch = await ahead.next(); batch !== undefined; batch = await ahead.next()) {
    ahead.begin()
    ahead.begin()
    numbers.push(...batch.map(({ number }) => number))
  }
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7])
  await ahead.close()
})

it('hands a failure of reading to whoever asks for the batch, and not before', async () => {
  const ahead = new ReadAhead(
    // biome-ignore lint/correctness/useYield: it fails before its first batch
    (async function* failing() {
      throw new Error('The file is gone.')
    })(),
  )
  ahead.begin()
  await expect(ahead.next()).rejects.toThrow('gone')
  await ahead.close()
})
