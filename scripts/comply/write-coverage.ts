import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { coveragePage, disagreements, shrunk } from './coverage.rules.ts'
import { privacyRows } from './privacy-rows.ts'
import { coverageFile, readProofs, readWaiting, waitingFile } from './read-coverage.ts'

const proofs = readProofs()
const waiting = shrunk(proofs, readWaiting())
const wrong = disagreements(privacyRows, proofs, waiting)
if (wrong.length > 0) {
  console.error(`${wrong.join('\n')}\nNothing was written. A row that lost its proof needs a test again; the list is not made longer.`)
  process.exitCode = 1
} else {
  writeFileSync(waitingFile, `${JSON.stringify(waiting, null, 2)}\n`)
  writeFileSync(coverageFile, coveragePage(privacyRows, proofs, waiting))
  console.log(`${privacyRows.length - Object.keys(waiting).length} of ${privacyRows.length} rows are proved.`)
}
