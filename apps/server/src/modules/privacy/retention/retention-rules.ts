import type { Retention, RetentionRule } from '../../../platform/inventory/index.ts'

/** Why something is kept at all: the relationship lasts, a law asks for it, or it may be needed to prove or defend a right. */
export type Criterion = 'relationship' | 'legal_obligation' | 'legal_position'

/** One period that a workspace may set, within bounds. Days are of 24 hours. */
export type RetentionRuleFacts = {
  readonly rule: RetentionRule
  readonly criterion: Criterion
  /** What applies until the workspace sets something else. */
  readonly days: number
  /** Shorter than this is refused: undoing, following up or a law needs it. */
  readonly least: number
  readonly most: number
  /** What the period comes from; null where it is our own choice under GDPR Art. 5(1)(e). */
  readonly law: { readonly name: string; readonly source: string; readonly asOf: string } | null
}

/** The rules as they are shipped, strictest that still serves: in the order in which they run, so that copies go before originals. */
export const retentionRules: readonly RetentionRuleFacts[] = [
  { rule: 'removed', criterion: 'relationship', days: 30, least: 1, most: 365, law: null },
  { rule: 'mail', criterion: 'relationship', days: 365, least: 30, most: 1825, law: null },
  { rule: 'conversation', criterion: 'relationship', days: 730, least: 30, most: 3650, law: null },
  { rule: 'booking', criterion: 'relationship', days: 730, least: 30, most: 3650, law: null },
  { rule: 'contact', criterion: 'relationship', days: 1095, least: 180, most: 3650, law: null },
  {
    rule: 'proof',
    criterion: 'legal_position',
    days: 1827,
    least: 1827,
    most: 3653,
    law: {
      name: 'Telemarketing Sales Rule, records kept for five years',
      source: '16 CFR 310.5(a) and (b), as amended in 2024 (89 FR 26760)',
      asOf: '2024-10-15',
    },
  },
]

/** What ends everything else, by the retention that the inventory names. Part of the page on retention; a test finds a retention that has no end. */
export const endsOtherwise: Readonly<Record<Retention, { readonly ends: string; readonly criterion: Criterion }>> = {
  account: { ends: 'When the account is closed; links and sign-ups nobody finished after two days.', criterion: 'relationship' },
  session: { ends: 'When the session ends, at most after 90 days; counts of failed tries after two hours.', criterion: 'legal_position' },
  contact: {
    ends: 'When the contact is erased, at the latest by the rule of contacts: so long after the last dealing.',
    criterion: 'relationship',
  },
  booking: { ends: 'By its rule: what names the contact is emptied, the appointment stays to be counted.', criterion: 'relationship' },
  conversation: { ends: 'By its rule, with messages and files.', criterion: 'relationship' },
  mail: { ends: 'By its rule.', criterion: 'relationship' },
  audit: {
    ends: 'When the workspace is deleted: the chain can only be proved whole, and the business has to be able to show what it did (GDPR Art. 5(2)).',
    criterion: 'legal_obligation',
  },
  proof: {
    ends: 'Decisions of the gate and dealings by their rule; consents and stops stay as keyed hashes, so that a no outlives every copy.',
    criterion: 'legal_position',
  },
  operation: {
    ends: 'Stored answers after a day, events after 30 days, failed jobs after 90 days, import and export files after 30 days at most.',
    criterion: 'relationship',
  },
  workspace: { ends: 'When the workspace is deleted.', criterion: 'relationship' },
}

/** The facts of one rule. */
export function factsOf(rule: RetentionRule): RetentionRuleFacts {
  const found = retentionRules.find((each) => each.rule === rule)
  if (!found) throw new Error(`There is no retention rule ${rule}.`)
  return found
}
