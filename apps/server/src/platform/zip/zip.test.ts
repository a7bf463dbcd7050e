import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { readZip, writeZip, type ZipEntry, ZipUnreadable } from './index.ts'

const most = { bytes: 1_000_000, entries: 100 }
const entries: readonly ZipEntry[] = [
  { path: 'data.json', content: Buffer.from(JSON.stringify({ name: 'Zoë' }).repeat(50)) },
  { path: 'files/Üben.bin', content: randomBytes(5000) },
  { path: 'empty.txt', content: new Uint8Array() },
]
async function* each() {
  yield* entries
}
const zipped = async () => Buffer.concat(await Array.fromAsync(writeZip(each())))

it('refuses what is no ZIP file, damaged, or too large once unpacked', async () => {
  const bytes = await zipped()
  expect(() => readZip(Buffer.from('PK, but no more'), most)).toThrow(ZipUnreadable)
  expect(() => readZip(bytes, { ...most, bytes: 100 })).toThrow('larger than 100 bytes')
  expect(() => readZip(bytes, { ...most, entries: 2 })).toThrow('2 are read at most')
  const changed = Buffer.from(bytes)
  changed[60] = (changed[60] ?? 0) ^ 1
  expect(() => readZip(changed, most).get('data.json')?.()).toThrow('damaged')
})

it('refuses a path that leads out of it', async () => {
  const bytes = await zipped()
  const text = bytes.toString('latin1').replaceAll('data.json', '../a.json')
  expect(() => readZip(Buffer.from(text, 'latin1'), most)).toThrow('leads out')
})

it('reads what it wrote', async () => {
  const bytes = await zipped()
  const read = readZip(bytes, most)
  expect([...read].map(([name, content]) => [name, content().toString('base64')])).toEqual(
    entries.map(({ path: name, content }) => [name, Buffer.from(content).toString('base64')]),
  )
})
