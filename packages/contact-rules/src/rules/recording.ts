import type { Certainty, Place, Rule } from '../rulebook.ts'
import { row } from './rule-row.ts'

const calls = { applies: { channels: ['call'] } } as const

function allParties(state: string, certainty: Certainty = 'S'): Rule {
  const strict = 'Sources disagree or call it mixed: taken as all-party.'
  return row(
    `us-${state.toLowerCase()}.recording`,
    `US-${state}` as Place,
    { law: 'State recording law', source: 'freedomrankings 2026-06, vicifast, callsphere', certainty },
    {
      kind: 'recording',
      ...calls,
      consent: 'announce',
      does: 'Recording and transcribing are announced, and a "no" stops and purges them.',
      ...(certainty === '?' ? { strict } : {}),
    },
  )
}

/** Who must know that a call is recorded. It is announced if any place of either side asks for it, or is not known. */
export const recording: readonly Rule[] = [
  row(
    'us.recording',
    'US',
    { law: '18 U.S.C. 2511(2)(d)', certainty: 'K' },
    {
      kind: 'recording',
      ...calls,
      consent: 'one_party',
      does: 'Our own consent is enough where no state of either side says otherwise. An assistant that transcribes is recording.',
    },
  ),
  allParties('CA'),
  allParties('CT', '?'),
  allParties('DE', '?'),
  allParties('FL'),
  allParties('IL'),
  allParties('MD'),
  allParties('MA'),
  allParties('MI', '?'),
  allParties('MT'),
  allParties('NV'),
  allParties('NH'),
  allParties('OR', '?'),
  allParties('PA'),
  allParties('WA'),
  row(
    'ca.recording',
    'CA',
    { law: 'Criminal Code s. 184(2)(a); PIPEDA', certainty: 'S' },
    {
      kind: 'recording',
      ...calls,
      consent: 'announce',
      does: 'Recording and its purpose are announced, with another way for who does not want it.',
      strict: 'The Criminal Code asks for one party only; PIPEDA asks for notice.',
    },
  ),
]
