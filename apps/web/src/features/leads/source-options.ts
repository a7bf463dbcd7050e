import type { Lead } from './queries.ts'
import type { LeadsTranslator } from './words.ts'

const sources = [
  'form',
  'booking',
  'message',
  'call',
  'walk_in',
  'referral',
  'advert',
  'import',
  'api',
  'other',
] as const satisfies readonly Lead['source'][]

/** Where a lead may have come from, to choose from. */
export const sourceOptions = (t: LeadsTranslator): readonly { readonly value: Lead['source']; readonly label: string }[] =>
  sources.map((value) => ({ value, label: t(`source/${value}`) }))
