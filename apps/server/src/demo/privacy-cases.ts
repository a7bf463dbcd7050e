import type { RefusalGround, RequestKind, RequestWay } from '@frontdesk/contract'

/** A request or complaint of the demo, by how many days ago each step was; what has not happened is left out. */
export type DemoCase = {
  readonly kind: RequestKind
  readonly way: RequestWay
  /** Which of the clinic's first patients asks; null: somebody whom nobody knows. */
  readonly patient: number | null
  readonly details: string
  /** When it reached the clinic, where it was written down later. */
  readonly received?: number
  readonly written: number
  readonly verified?: number
  readonly answered?: { readonly daysAgo: number; readonly text: string }
  readonly refused?: { readonly daysAgo: number; readonly ground: RefusalGround; readonly text: string }
  readonly resolved?: { readonly daysAgo: number; readonly outcome: string }
}

/** Cases in every state: done, refused, in time, nearly due, overdue. */
export const demoCases: readonly DemoCase[] = [
  {
    kind: 'access',
    way: 'letter',
    patient: 5,
    details: 'Please send me a copy of everything you have about me.',
    received: 46,
    written: 20,
  },
  {
    kind: 'complaint',
    way: 'in_person',
    patient: 2,
    details: 'My reminder was read out at the front desk while others were waiting.',
    written: 20,
    answered: { daysAgo: 16, text: 'We are sorry. Reminders are no longer read out; the screen is turned to the desk.' },
    resolved: { daysAgo: 13, outcome: 'The team was told, and the screen was moved. She is content with that.' },
  },
  {
    kind: 'access',
    way: 'portal',
    patient: 4,
    details: 'Which appointments do you have on file for me, and since when?',
    written: 19,
    verified: 18,
    answered: { daysAgo: 12, text: 'Your copy is attached to your case page. It holds your appointments, notes and messages.' },
  },
  {
    kind: 'erasure',
    way: 'mail',
    patient: 8,
    details: 'I moved to Boston. Please delete what you do not have to keep.',
    received: 42,
    written: 18,
    verified: 15,
  },
  {
    kind: 'rectification',
    way: 'phone',
    patient: 3,
    details: 'The family name is misspelt on the reminders.',
    written: 15,
    verified: 15,
    answered: { daysAgo: 14, text: 'The name is corrected everywhere, also on what is already planned.' },
  },
  {
    kind: 'complaint',
    way: 'phone',
    patient: 9,
    details: 'I was called about an offer at dinner time, although I had asked not to be.',
    written: 12,
  },
  {
    kind: 'access',
    way: 'portal',
    patient: null,
    details: 'Send me the file of my neighbour, she agrees.',
    written: 9,
    refused: {
      daysAgo: 6,
      ground: 'identity_not_proven',
      text: 'We could not make sure who asks. The patient can ask herself at any time.',
    },
  },
  { kind: 'opt_out', way: 'portal', patient: 11, details: 'No offers any more, please.', written: 3 },
  {
    kind: 'portability',
    way: 'mail',
    patient: 13,
    details: 'My new dentist would like my appointments and notes as a file.',
    written: 1,
  },
]
