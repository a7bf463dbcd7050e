/** `npm run prove [-- name …]`: the tests in tests/prove, and every screen before axe, at their full size, all of them or those named. */
import { globSync } from 'node:fs'
import path from 'node:path'
import { ensurePrograms } from './testing/debian-packages.ts'
import { testPrograms } from './testing/programs.ts'
import { runVitest } from './testing/run-vitest.ts'
import { stopWith } from './testing/stop-with.ts'

await stopWith(async () => {
  const files = globSync(['tests/prove/*.test.ts', 'tests/e2e/accessibility.test.ts'], { cwd: path.join(import.meta.dirname, '..') })
  const known = files.map((file) => path.basename(file, '.test.ts'))
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Error(`There is no proof named ${unknown.join(', ')}. Known: ${known.sort().join(', ')}.`)
  ensurePrograms(testPrograms)
  return runVitest(wanted.length > 0 ? files.filter((file) => wanted.includes(path.basename(file, '.test.ts'))) : files, {
    FRONTDESK_PROVE: '1',
  })
})
