/** A place where a rule of `code-rules.ts` does not hold, and why. A folder ends in `/`. */
export type Exception = {
  readonly rule: string
  readonly file: string
  readonly why: string
  /** Holds even while nothing there needs it. */
  readonly standing?: boolean
}

/** Every declared edge of the house. */
export const exceptions: readonly Exception[] = [
  {
    rule: 'as Permit',
    file: 'packages/contact-rules/src/permit-constructor.ts',
    why: 'The one place where a permit comes to be.',
    standing: true,
  },
  {
    rule: 'no raw console',
    file: 'apps/server/src/main.ts',
    why: 'Speaks to the person at the terminal, before and after there is a log.',
    standing: true,
  },
  {
    rule: 'time is a parameter',
    file: 'apps/server/src/modules/contacts/timeline.test.ts',
    why: "Partitions are made for the months of the database's own clock.",
  },
]
