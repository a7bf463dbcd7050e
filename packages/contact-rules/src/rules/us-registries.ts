import type { Place, Rule } from '../rulebook.ts'
import { row } from './rule-row.ts'

function registry(state: string, law: string, exempt: readonly ('ebr' | 'inquiry' | 'pewc')[] = ['ebr', 'inquiry', 'pewc']): Rule {
  return row(
    `us-${state.toLowerCase()}.registry`,
    `US-${state}` as Place,
    { law, certainty: 'K' },
    {
      kind: 'registry',
      applies: { channels: ['call', 'sms'], purposes: ['marketing'] },
      registry: `us.${state}`,
      maxAgeDays: 31,
      exempt,
      does: exempt.includes('ebr')
        ? 'Offers also keep the state’s own register.'
        : 'Offers also keep the state’s own register; a relationship does not lift it.',
      strict: 'How old the copy may be differs and was not re-read: 31 days, as for the national one.',
    },
  )
}

/** States that keep their own register beside the national one. */
export const usRegistries: readonly Rule[] = [
  registry('CO', 'Colo. Rev. Stat. 6-1-901'),
  registry('FL', 'Fla. Stat. 501.059'),
  registry('IN', 'Ind. Code 24-4.7', ['pewc']),
  registry('LA', 'La. R.S. 45:844.11'),
  registry('MA', 'Mass. Gen. Laws ch. 159C'),
  registry('MO', 'Mo. Rev. Stat. 407.1095'),
  registry('OK', '15 O.S. 775B'),
  registry('PA', '73 P.S. 2241'),
  registry('TN', 'Tenn. Code 65-4-401'),
  registry('TX', 'Tex. Bus. & Com. Code ch. 304'),
  registry('WY', 'Wyo. Stat. 40-12-301'),
]
