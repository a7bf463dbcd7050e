import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { afterAll, expect, it } from 'vitest'
import { RoleOutput } from './role-output.ts'

const root = mkdtempSync(path.join(tmpdir(), 'frontdesk-output-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const say = async (folder: string, ...lines: readonly string[]): Promise<string[]> => {
  const shown: string[] = []
  const stream = new PassThrough()
  new RoleOutput(folder, (line) => shown.push(line)).follow('web', stream)
  stream.end(lines.map((line) => `${line}\n`).join(''))
  await finished(stream)
  return shown
}

it('shows warnings in one line and keeps everyday lines to the file', async () => {
  const shown = await say(
    root,
    '{"level":30,"line":"http.request","status":200}',
    '{"level":50,"line":"http.unexpected","name":"TypeError","reference":"a1b2c3d4","stack":"at x"}',
    '(node:4711) DeprecationWarning: do not do that',
    'something a library says',
  )
  expect(shown).toEqual(['web: http.unexpected, TypeError, reference a1b2c3d4', 'web: something a library says'])
  expect(readFileSync(path.join(root, 'frontdesk.log'), 'utf8').split('\n')).toHaveLength(5)
  expect(statSync(path.join(root, 'frontdesk.log')).mode & 0o777).toBe(0o600)
})

it('begins a new file when one is full, and keeps five', async () => {
  const folder = path.join(root, 'full')
  mkdirSync(folder)
  for (let round = 0; round < 8; round++) {
    writeFileSync(path.join(folder, 'frontdesk.log'), 'x'.repeat(10_000_001))
    await say(folder, '{"level":30,"line":"http.request"}')
  }
  expect(readdirSync(folder).sort()).toEqual(['frontdesk.log', ...[1, 2, 3, 4, 5].map((number) => `frontdesk.log.${number}`)])
})
