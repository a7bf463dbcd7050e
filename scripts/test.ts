/** `npm test [-- filters]`: every test at a small size. Installs the programs they need where it can. */
import { ensurePrograms } from './testing/debian-packages.ts'
import { testPrograms } from './testing/programs.ts'
import { runVitest } from './testing/run-vitest.ts'
import { stopWith } from './testing/stop-with.ts'

await stopWith(async () => {
  ensurePrograms(testPrograms)
  return runVitest(process.argv.slice(2))
})
