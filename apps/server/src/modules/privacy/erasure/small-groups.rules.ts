import { randomInt } from 'node:crypto'
import type { LivesOn } from './plan.rules.ts'

/**
 * How many people, and how many rows with the same sums, a group has at least: below five statistics offices publish no cell (Federal Committee on Statistical Methodology,
 * Working Paper 22, asks for three or more; five is what health statistics use). Hers count as one, however many they are.
 */
export const smallestGroup = 5

/** Whether what her rows tell would lead to her: too few people were anonymized before, or too few rows of theirs have the same sums. */
export const isSmall = (before: { readonly people: number; readonly rows: number }): boolean =>
  before.people + 1 < smallestGroup || before.rows + 1 < smallestGroup

export type Row = Readonly<Record<string, unknown>>

/** What rows with the same sums have in common, as a key. */
export const sumsOf = (row: Row, { sums = [] }: LivesOn): string => JSON.stringify(sums.map((column) => row[column] ?? null))

/** Exchanges what rows tell at random among all of them, evenly (Fisher and Yates): every total stays, and no row tells any more what its day has to do with it. */
export function exchange(
  rows: readonly Row[],
  { tells }: LivesOn,
  below: (most: number) => number = (most) => randomInt(most),
): readonly Row[] {
  const columns = Object.keys(tells)
  const told = rows.map((row) => columns.map((column) => row[column] ?? null))
  for (let at = told.length - 1; at > 0; at -= 1) {
    const other = below(at + 1)
    const [one, two] = [told[at] ?? [], told[other] ?? []]
    told[at] = two
    told[other] = one
  }
  return rows.map((row, at) => ({ ...row, ...Object.fromEntries(columns.map((column, index) => [column, told[at]?.[index] ?? null])) }))
}
