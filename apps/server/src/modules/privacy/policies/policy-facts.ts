import type { PolicyKind, PolicySection, PrivacySettings } from '@frontdesk/contract'
import type { Category, LegalBasis, Purpose, Retention } from '../../../platform/inventory/index.ts'
import type { Criterion, RetentionRuleFacts } from '../retention/retention-rules.ts'

/** A ground as the business has it towards its contacts. */
export type Basis = Exclude<LegalBasis, 'workspace_instruction'>

/** One cookie as the statement names it, in words already. */
export type CookieFacts = {
  readonly cookie: string
  readonly cookieClass: string
  readonly cookieFor: string
  readonly cookieLasts: string
}

/** Everything that the documents are made from. */
export type PolicyFacts = {
  readonly business: { readonly name: string; readonly address: string | null; readonly email: string | null; readonly slug: string }
  readonly officer: string | null
  /** scheme://host without a slash at the end. */
  readonly site: string
  readonly settings: PrivacySettings
  /** What the inventory says is kept about contacts. */
  readonly collected: readonly { readonly category: Category; readonly purposes: readonly Purpose[] }[]
  readonly purposes: readonly { readonly purpose: Purpose; readonly bases: readonly Basis[] }[]
  readonly retention: {
    readonly rules: readonly (Pick<RetentionRuleFacts, 'rule' | 'criterion' | 'law'> & { readonly days: number })[]
    readonly otherwise: readonly { readonly retention: Retention; readonly criterion: Criterion }[]
    readonly confirmed: boolean
  }
  /** Who helps with data, what each receives, and its own policy. */
  readonly processors: readonly { readonly name: string; readonly receives: readonly Category[]; readonly policyUrl: string | null }[]
  readonly cookies: (tag: string) => readonly CookieFacts[]
  readonly own: readonly { readonly section: string; readonly locale: string; readonly text: string }[]
  /** In which language own paragraphs are taken where the reader's has none. */
  readonly usualLocale: string
}

/** One document in one language. */
export type PolicyDocument = {
  readonly kind: PolicyKind
  readonly locale: string
  readonly title: string
  readonly precedence: string
  readonly sections: readonly PolicySection[]
}
