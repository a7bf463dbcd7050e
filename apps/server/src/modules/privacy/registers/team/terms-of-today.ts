import type { ProcessingTerms } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { workspaceFacts } from '../../../accounts/index.ts'
import { policyLocales } from '../../policies/policy-text.rules.ts'
import { currentVersion, textOf } from '../../policies/read-policies.ts'
import { termsHash, termsText, termsVersion } from './terms-text.ts'

/** The terms that count now. `hashes` are all by which they may have been accepted: of a published document, one for each language. */
export type TermsOfToday = Pick<ProcessingTerms, 'version' | 'sha256' | 'text'> & { readonly hashes: readonly string[] }

/** The agreement on processing that the business published, by its version and the hash that its public page shows; where it published none, the terms as they are shipped. */
export async function termsOfToday(tx: WorkspaceTx): Promise<TermsOfToday> {
  const published = await currentVersion(tx, 'dpa')
  if (!published) {
    const text = { en: [...termsText.en], es: [...termsText.es], fr: [...termsText.fr] }
    return { version: termsVersion, sha256: termsHash, text, hashes: [termsHash] }
  }
  const text: ProcessingTerms['text'] = { en: [], es: [], fr: [] }
  const hashes = new Map<string, string>()
  for (const locale of policyLocales) {
    const row = await textOf(tx, published.id, locale)
    if (!row) throw new Error('A published document lacks a language.')
    hashes.set(locale, row.sha256)
    text[locale] = row.body.sections.flatMap(({ clauses, own }) => [...clauses.map((clause) => clause.text), ...own])
  }
  const usual = (await workspaceFacts(tx)).locale.slice(0, 2)
  const sha256 = hashes.get(usual) ?? hashes.get('en') ?? ''
  return { version: `dpa-${published.version}`, sha256, text, hashes: [...hashes.values()] }
}
