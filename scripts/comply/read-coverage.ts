import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Proof, proofsIn, type Waiting } from './coverage.rules.ts'
import { privacyRows } from './privacy-rows.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** Where the page and the list are. */
export const coverageFile = path.join(root, 'docs/comply/coverage.md')
export const waitingFile = path.join(import.meta.dirname, 'waiting-rows.json')

/** Every proof in the tests of the house, by file. */
export function readProofs(): readonly Proof[] {
  const known = new Set(privacyRows.map(({ id }) => id))
  return ['apps/*/src/**/*.test.{ts,tsx}', 'packages/*/src/**/*.test.ts', 'tests/**/*.test.ts']
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .map((file) => file.split(path.sep).join('/'))
    .sort()
    .flatMap((file) => proofsIn(file, readFileSync(path.join(root, file), 'utf8'), known))
}

/** The reviewed list of what is not proved. */
export const readWaiting = (): Waiting => JSON.parse(readFileSync(waitingFile, 'utf8')) as Waiting
