import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { preparationMark } from './preparation-mark.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const dataFolder = mkdtempSync(path.join(tmpdir(), 'frontdesk-mark-'))
afterAll(() => rmSync(dataFolder, { recursive: true }))

it('a mark stays while nothing changes, and is another one with a tombstone more', () => {
  const before = preparationMark(root, dataFolder)
  expect(preparationMark(root, dataFolder)).toBe(before)
  const folder = path.join(dataFolder, 'keys', 'tombstones', 'workspace')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'erasure.json'), '{}')
  const after = preparationMark(root, dataFolder)
  expect(after).not.toBe(before)
  rmSync(folder, { recursive: true })
  expect(preparationMark(root, dataFolder)).toBe(before)
})
