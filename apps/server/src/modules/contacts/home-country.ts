import type { WorkspaceTx } from '../../platform/database/index.ts'
import { workspaceFacts } from '../accounts/index.ts'

/** The country in whose way the business writes phone numbers (ISO 3166): the one it named, otherwise that of its language; null where neither says one. */
export async function homeCountry(tx: WorkspaceTx): Promise<string | null> {
  const { country, locale } = await workspaceFacts(tx)
  return country ?? new Intl.Locale(locale).region ?? null
}
