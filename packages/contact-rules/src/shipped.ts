import type { Rulebook } from './rulebook.ts'
import { canada } from './rules/canada.ts'
import { notes } from './rules/notes.ts'
import { operators } from './rules/operators.ts'
import { recording } from './rules/recording.ts'
import { readOn } from './rules/rule-row.ts'
import { usFederal } from './rules/us-federal.ts'
import { usMessages } from './rules/us-messages.ts'
import { usRegistries } from './rules/us-registries.ts'
import { usStates } from './rules/us-states.ts'

/** The rulebook that comes with Frontdesk: the United States and Canada. Not legal advice: counsel reads it before anybody relies on it. */
export const shippedRulebook: Rulebook = {
  version: '2026-11-30.1',
  asOf: readOn,
  countries: ['US', 'CA'],
  rules: [...usFederal, ...usStates, ...usRegistries, ...usMessages, ...canada, ...operators, ...recording, ...notes],
}
