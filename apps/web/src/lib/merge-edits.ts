/** One field that two people changed to different values. */
export type EditConflict<Values, Field extends keyof Values = keyof Values> = {
  readonly field: Field
  readonly base: Values[Field]
  readonly mine: Values[Field]
  readonly theirs: Values[Field]
}

/** Two edits of the same thing brought together. */
export type MergedEdits<Values> = {
  /** What is to be shown now: their changes and mine; where both changed, mine. */
  readonly values: Values
  /** What somebody else changed and I did not touch; it is taken over. */
  readonly taken: readonly (keyof Values & string)[]
  /** What both changed, to be decided by a person. */
  readonly conflicts: readonly EditConflict<Values, keyof Values & string>[]
}

/**
 * Brings together what I typed and what somebody else saved meanwhile, field by field against what both began with. Nothing typed is lost, and nothing saved is
 * overwritten unseen.
 */
export function mergeEdits<Values extends object>(base: Values, mine: Values, theirs: Values): MergedEdits<Values> {
  const fields = Object.keys(base) as (keyof Values & string)[]
  const theirsChanged = fields.filter((field) => !same(base[field], theirs[field]))
  const conflicting = theirsChanged.filter((field) => !same(base[field], mine[field]) && !same(mine[field], theirs[field]))
  const taken = theirsChanged.filter((field) => same(base[field], mine[field]))
  return {
    values: { ...mine, ...Object.fromEntries(taken.map((field) => [field, theirs[field]])) },
    taken,
    conflicts: conflicting.map((field) => ({ field, base: base[field], mine: mine[field], theirs: theirs[field] })),
  }
}

/** The fields that differ, such as those worth sending. */
export const changedFields = <Values extends object>(base: Values, mine: Values): readonly (keyof Values & string)[] =>
  (Object.keys(mine) as (keyof Values & string)[]).filter((field) => !same(base[field], mine[field]))

// Forms hold texts, switches, and short lists of them; their order of keys is their own and does not change.
const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)
