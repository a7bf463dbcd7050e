import type { WorkspaceTx } from '../../platform/database/index.ts'
import { workspaceFacts } from '../accounts/index.ts'

/** The country in whose way a business writes phone numbers (ISO 3166): the one it named, otherwise that of its language; null where neither says one. */
export const homeCountryOf = ({ country, locale }: { readonly country: string | null; readonly locale: string }): string | null =>
  country ?? new Intl.Locale(locale).region ?? null

/** The home country of the workspace this transaction is bound to. */
export const homeCountry = async (tx: WorkspaceTx): Promise<string | null> => homeCountryOf(await workspaceFacts(tx))
