import type { Service } from '../../calendar/queries.ts'

/** A need as it is filled in. */
export type NeedLine = {
  readonly key: string
  /** `all`, or how many. */
  readonly required: string
  readonly resourceIds: readonly string[]
}

type Need = Service['needs'][number]

/** The needs of a service as the form shows them. */
export const linesOf = (needs: readonly Need[]): readonly NeedLine[] =>
  needs.map(({ required, resourceIds }, index) => ({ key: `need ${index}`, required: String(required), resourceIds }))

/** What is sent. */
export const sentNeeds = (lines: readonly NeedLine[]): { resourceIds: string[]; required: 'all' | number }[] =>
  lines.map(({ required, resourceIds }) => ({ resourceIds: [...resourceIds], required: required === 'all' ? 'all' : Number(required) }))

/** What is wrong with them, as the key of a word. */
export function needsWrong(lines: readonly NeedLine[]): 'needChoose' | 'needTooMany' | undefined {
  if (lines.some(({ resourceIds }) => resourceIds.length === 0)) return 'needChoose'
  if (lines.some(({ required, resourceIds }) => required !== 'all' && Number(required) > resourceIds.length)) return 'needTooMany'
  return undefined
}

/** How many of so many can be needed: any one up to all but one, and all. What is chosen now is always among them. */
export function counts(chosen: number, current: string): readonly string[] {
  const some = Array.from({ length: Math.max(1, chosen - 1) }, (_, index) => String(index + 1))
  return [...new Set([...some, ...(current === 'all' ? [] : [current]), 'all'])]
}

/** The needs with one resource more or less in one of them. */
export const toggled = (line: NeedLine, id: string, on: boolean): NeedLine => ({
  ...line,
  resourceIds: on ? [...line.resourceIds, id] : line.resourceIds.filter((other) => other !== id),
})
