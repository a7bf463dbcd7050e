/** How long something may take. Business days leave out weekends, the calendar's holidays and the day of receipt; hours are elapsed. */
export type Term = { readonly businessDays: number } | { readonly days: number } | { readonly months: number } | { readonly hours: number }

/** Why a clock may stand still. */
export type PauseReason = 'identity_in_doubt' | 'scope_asked' | 'waiting_for_her'

/** The clocks of one kind of request, as data. */
export type Regime = {
  readonly law: string
  readonly source: string
  readonly asOf: string
  /** V primary text read, S secondary text read, K widely known, ? uncertain. */
  readonly certainty: 'V' | 'S' | 'K' | '?'
  /** A first sign that it arrived. `at_once`: with the receipt itself. */
  readonly acknowledge?: Term | 'at_once'
  readonly respond: Term
  /** When the matter itself must be settled, where that is apart from the answer. */
  readonly resolve?: Term
  /** The whole time from receipt where it is extended; the notice must go out before the first term ends. */
  readonly extended?: Term
  readonly pauses: readonly PauseReason[]
  /** Where the last day is a weekend or a holiday, the term ends with the next working day (Regulation 1182/71 art. 3(4)). */
  readonly endsOnWorkday?: boolean
  /** A workspace may set its own number of days. */
  readonly setting?: boolean
  readonly does: string
}

const asOf = '2026-11-21'

/** What is due by when. A change of law is a new row, so that an old case keeps its own clock. */
export const regimes = {
  complaint: {
    law: 'Privacy policy, complaint process',
    source: 'Smart Scheduling privacy policy (S3)',
    asOf,
    certainty: 'V',
    acknowledge: 'at_once',
    respond: { businessDays: 10 },
    resolve: { days: 25 },
    pauses: [],
    does: 'Confirms the receipt at once, answers within ten business days and settles within 25 days.',
  },
  'gdpr.request': {
    law: 'GDPR art. 12(3); Regulation 1182/71 art. 3',
    source: 'mishcon.com, schoolspeople.co.uk',
    asOf,
    certainty: 'S',
    respond: { months: 1 },
    extended: { months: 3 },
    pauses: ['identity_in_doubt'],
    endsOnWorkday: true,
    does: 'Counts to the same day of the next month, or its last day; a weekend or holiday moves it to the next working day. Two more months with a notice inside the first. Waits for proof of identity only on reasonable doubt.',
  },
  'gdpr.breach': {
    law: 'GDPR art. 33(1)',
    source: 'Not checked against the primary text',
    asOf,
    certainty: '?',
    respond: { hours: 72 },
    pauses: [],
    does: 'Counts 72 elapsed hours from the moment it became known, weekends included.',
  },
  'ccpa.request': {
    law: 'CCPA regulations 11 CCR 7021 (know, delete, correct)',
    source: 'advisori.com',
    asOf,
    certainty: 'S',
    acknowledge: { businessDays: 10 },
    respond: { days: 45 },
    extended: { days: 90 },
    pauses: [],
    does: 'Counts 45 days from receipt, 90 with a notice; the check of identity stops nothing (7021(b)).',
  },
  'ccpa.opt_out': {
    law: 'CCPA regulations, opt-out of sale and sharing',
    source: 'ccpafreetraining.com',
    asOf,
    certainty: 'S',
    respond: { businessDays: 15 },
    pauses: [],
    does: 'Counts 15 business days as the ceiling; Frontdesk acts at once.',
  },
  'pipeda.request': {
    law: 'PIPEDA s. 8(3)-(5)',
    source: 'proteuscyber.com',
    asOf,
    certainty: 'S',
    respond: { days: 30 },
    extended: { days: 60 },
    pauses: [],
    does: 'Counts 30 days, 60 with a notice inside the first 30; silence is a refusal.',
  },
  appeal: {
    law: 'State privacy laws; setting of the workspace',
    source: 'Frontdesk',
    asOf,
    certainty: '?',
    respond: { days: 45 },
    pauses: [],
    setting: true,
    does: 'Counts 45 days unless the workspace sets another number.',
  },
  'tcpa.revocation': {
    law: '47 CFR 64.1200(a)(10)',
    source: 'consumerfinancialserviceslawmonitor.com',
    asOf,
    certainty: 'S',
    respond: { businessDays: 10 },
    pauses: [],
    does: 'Counts ten business days as the ceiling; Frontdesk stops at once.',
  },
  'tcpa.internal_list': {
    law: '47 CFR 64.1200(d)(3)',
    source: '47 CFR 64.1200',
    asOf,
    certainty: 'K',
    respond: { businessDays: 10 },
    pauses: [],
    does: 'Counts ten business days as the ceiling; Frontdesk stops at once and keeps the entry for ever.',
  },
  'can_spam.opt_out': {
    law: '15 U.S.C. 7704(a)(4)',
    source: '16 CFR 316',
    asOf,
    certainty: 'K',
    respond: { businessDays: 10 },
    pauses: [],
    does: 'Counts ten business days as the ceiling; Frontdesk stops at once.',
  },
  'casl.unsubscribe': {
    law: 'S.C. 2010 c. 23 s. 11(3)',
    source: 'S.C. 2010 c. 23',
    asOf,
    certainty: 'K',
    respond: { businessDays: 10 },
    pauses: [],
    does: 'Counts ten business days as the ceiling; Frontdesk stops at once.',
  },
  'crtc.internal_list': {
    law: 'CRTC Unsolicited Telecommunications Rules, Part III',
    source: 'crtc.gc.ca',
    asOf,
    certainty: 'V',
    respond: { days: 14 },
    pauses: [],
    does: 'Counts 14 days as the ceiling; Frontdesk stops at once.',
  },
} as const satisfies { readonly [id: string]: Regime }
export type RegimeId = keyof typeof regimes
