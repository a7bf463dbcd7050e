import { type ProblemType, problems } from '@frontdesk/contract'

/** Facts of a refusal that the caller may see: which slots are free, which version is current, which field is wrong. */
export type RefusalFacts = {
  /** What was kept and what to do next, one or two plain sentences. */
  readonly detail?: string
  readonly [fact: string]: unknown
}

/**
 * An expected no. Thrown inside a use case, so that its transaction rolls back; the HTTP room answers with the problem details of its type. Anything else that is
 * thrown counts as our mistake and is answered with a reference.
 */
export class Refusal extends Error {
  readonly type: ProblemType
  readonly facts: RefusalFacts
  constructor(type: ProblemType, facts: RefusalFacts = {}) {
    super(`${type}: ${facts.detail ?? problems[type].title}`)
    this.name = 'Refusal'
    this.type = type
    this.facts = facts
  }
}

/** The SQLSTATE of a database error, or undefined for any other error. */
export const sqlState = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : undefined

/** The violated constraint of a database error, where there is one. */
export const violatedConstraint = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'constraint' in error && typeof error.constraint === 'string'
    ? error.constraint
    : undefined
