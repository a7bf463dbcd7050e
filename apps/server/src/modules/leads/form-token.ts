import type { Keys } from '../../platform/crypto/index.ts'

/** A page may lie open over a night. */
const LIVES = { hours: 24 }
/** Nobody reads and fills in a form faster. */
const leastSeconds = 2

/** What the hidden sign of a page says: which page it is and when it was served. */
export type FormToken =
  | { readonly state: 'good' | 'early'; readonly id: string }
  /** Left open too long, of another form, changed, or none at all: the form is shown once more. */
  | { readonly state: 'old' | 'none' }

const purposeOf = (formId: string): string => `form/${formId}`

/** The sign that a page carries, made when it is served. */
export const formToken = (keys: Keys, page: { workspaceId: string; formId: string; id: string }, now: Temporal.Instant): string =>
  keys.signLink(
    { purpose: purposeOf(page.formId), workspaceId: page.workspaceId, subjectId: page.id, expiresAt: now.add(LIVES), allows: [] },
    now,
  )

/** Reads the sign of a page that was sent. */
export function readFormToken(keys: Keys, token: string | undefined, formId: string, now: Temporal.Instant): FormToken {
  if (token === undefined || token === '') return { state: 'none' }
  const check = keys.verifyLink(token, purposeOf(formId), now)
  if (!check.valid) return { state: check.reason === 'expired' ? 'old' : 'none' }
  const served = check.link.expiresAt.subtract(LIVES)
  const early = Temporal.Instant.compare(now, served.add({ seconds: leastSeconds })) < 0
  return { state: early ? 'early' : 'good', id: check.link.subjectId }
}
