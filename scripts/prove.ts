/** `npm run prove [-- name …]`: the tests in tests/prove at their full size, all of them or those named. */
import { globSync } from 'node:fs'
import path from 'node:path'
import { ensurePrograms } from './testing/debian-packages.ts'
import { testPrograms } from './testing/programs.ts'
import { runVitest } from './testing/run-vitest.ts'
import { stopWith } from './testing/stop-with.ts'

await stopWith(async () => {
  const folder = path.join(import.meta.dirname, '../tests/prove')
  const known = globSync('*.test.ts', { cwd: folder }).map((name) => name.replace('.test.ts', ''))
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Error(`There is no proof named ${unknown.join(', ')}. Known: ${known.sort().join(', ')}.`)
  ensurePrograms(testPrograms)
  const files = (wanted.length > 0 ? wanted : known).map((name) => `tests/prove/${name}.test.ts`)
  return runVitest(files, { FRONTDESK_PROVE: '1' })
})
