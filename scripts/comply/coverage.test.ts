import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { coveragePage, disagreements, proofsIn, shrunk } from './coverage.rules.ts'
import { type PrivacyRow, privacyRows } from './privacy-rows.ts'
import { coverageFile, readProofs, readWaiting } from './read-coverage.ts'

const rows: readonly PrivacyRow[] = [
  { id: 'A1', room: 'accounts', says: 'One' },
  { id: 'B1', room: 'billing', says: 'Two' },
]
const known = new Set(['A1', 'B1'])
const proof = { file: 'a.test.ts', test: 'proves one', ids: ['A1'] }

describe('a test that proves rows', () => {
  it.each([
    ["it('refuses her [A1]', async () => {", ['A1']],
    ["  '“%s” is known everywhere [A1, B1]',", ['A1', 'B1']],
    ['it("is both [A1] [B1]", () => {', ['A1', 'B1']],
    ["it('names another list [Z9]', () => {", []],
    ["const list = ['A1', [A1]]", []],
    ["it('names [A1] in the middle', () => {", []],
  ])('is known by its name: %s', (text, ids) => {
    expect(proofsIn('a.test.ts', text, known).flatMap((found) => found.ids)).toEqual(ids)
  })
})

describe('the list of what waits', () => {
  it('must name what is not proved, and nothing that is', () => {
    expect(disagreements(rows, [proof], { B1: 'waits for billing' })).toEqual([])
    expect(disagreements(rows, [], { B1: 'waits for billing' })).toEqual(['A1 has neither a proof nor a place in the list.'])
    expect(disagreements(rows, [proof], { A1: 'not yet proved', B1: 'waits for billing' })).toEqual(['A1 is proved and still in the list.'])
    expect(disagreements(rows, [proof], { B1: 'not yet proved' })).toHaveLength(1)
    expect(disagreements(rows, [proof], { B1: 'waits for billing', C9: 'not yet proved' })).toEqual(['C9 is no row.'])
  })

  it('may say that a row is proved in part only', () => {
    expect(disagreements(rows, [proof], { A1: 'in part; waits for dialer', B1: 'waits for billing' })).toEqual([])
    expect(disagreements(rows, [], { A1: 'in part; waits for dialer', B1: 'waits for billing' })).toHaveLength(1)
  })

  it('only loses rows', () => {
    expect(shrunk([proof], { A1: 'not yet proved', B1: 'waits for billing' })).toEqual({ B1: 'waits for billing' })
  })
})

describe('the page of coverage', () => {
  it('has every row once', () => {
    expect(privacyRows.length).toBe(239)
    expect(new Set(privacyRows.map(({ id }) => id)).size).toBe(239)
  })

  it('agrees with the tests; after a new proof run npx node scripts/comply/write-coverage.ts', () => {
    expect(disagreements(privacyRows, readProofs(), readWaiting())).toEqual([])
    expect(readFileSync(coverageFile, 'utf8')).toBe(coveragePage(privacyRows, readProofs(), readWaiting()))
  })
})
