import type { PolicyKind, PrivacySettings } from '@frontdesk/contract'
import type { BehaviourId } from './behaviours.ts'
import type { PolicyWord } from './policy.words.ts'
import type { PolicyFacts } from './policy-facts.ts'

/** A sentence that rests on a behaviour, a setting that speaks for itself, or a list that the inventory fills. */
export type Part =
  | { readonly say: PolicyWord; readonly rests: BehaviourId; readonly when?: (facts: PolicyFacts) => boolean }
  | { readonly setting: SpokenSetting }
  | { readonly list: 'categories' | 'purposes' | 'rules' | 'endings' | 'cookies' | 'processors' }

/** Settings with a sentence for each value. The countries stand in that of `geo.mode`; what waits for a room has nothing to say yet. */
export type SpokenSetting = Extract<
  keyof PrivacySettings,
  | 'age.min'
  | 'age.scope'
  | 'age.guardian'
  | 'geo.mode'
  | 'geo.contact_screening'
  | 'geo.region'
  | 'transfer.consent_required'
  | 'signals.gpc'
  | 'signals.dnt'
  | 'sharing.third_party_marketing'
  | 'tax_id.collect'
  | 'policy.notice'
  | 'policy.new_use'
  | 'legal.notify_subject'
  | 'rights.extend_to_all'
  | 'client.removal_default'
>

export type SectionPlan = { readonly id: string; readonly title: PolicyWord; readonly short: PolicyWord; readonly parts: readonly Part[] }

type SectionId = PolicyWord extends infer Word
  ? Word extends `${infer Kind}/${infer Section}/title`
    ? `${Kind}/${Section}`
    : never
  : never

const section = (id: SectionId, parts: readonly Part[]): SectionPlan => ({ id, title: `${id}/title`, short: `${id}/short`, parts })
const say = (word: PolicyWord, rests: BehaviourId, when?: (facts: PolicyFacts) => boolean): Part => ({
  say: word,
  rests,
  ...(when ? { when } : {}),
})
const is = (setting: SpokenSetting): Part => ({ setting })

const signals = [is('signals.gpc'), is('signals.dnt')]
const hasProcessors = ({ processors }: PolicyFacts) => processors.length > 0
const changes = [
  say('privacy/changes/versions', 'policies.versions'),
  is('policy.notice'),
  is('policy.new_use'),
  say('privacy/changes/collected', 'policies.new_use'),
]

/** The documents as data: what each section says, in order. */
export const documents: Readonly<Record<PolicyKind, readonly SectionPlan[]>> = {
  privacy: [
    section('privacy/who', [
      say('privacy/who/controller', 'business.facts'),
      say('privacy/who/address', 'business.facts', ({ business }) => business.address !== null),
      say('privacy/who/officer', 'privacy.officer', ({ officer }) => officer !== null),
      say('privacy/who/contact', 'rights.portal'),
      say('privacy/who/email', 'business.facts', ({ business }) => business.email !== null),
    ]),
    section('privacy/what', [
      { list: 'categories' },
      say('privacy/what/source', 'contacts.source'),
      say('privacy/what/cards', 'numbers.cards'),
      is('tax_id.collect'),
    ]),
    section('privacy/why', [{ list: 'purposes' }, say('privacy/why/human', 'rights.human_review')]),
    section('privacy/contact', [
      say('privacy/contact/gate', 'gate.permit'),
      say('privacy/contact/offers', 'consent.ledger'),
      say('privacy/contact/stop', 'suppression.stop'),
      say('privacy/contact/service', 'suppression.reach'),
    ]),
    section('privacy/sharing', [
      say('privacy/sharing/noSale', 'sharing.none'),
      is('sharing.third_party_marketing'),
      say('privacy/sharing/processors', 'processors', hasProcessors),
      { list: 'processors' },
      say('privacy/sharing/none', 'processors', (facts) => !hasProcessors(facts)),
      is('legal.notify_subject'),
    ]),
    section('privacy/where', [is('geo.region'), is('transfer.consent_required'), is('geo.mode'), is('geo.contact_screening')]),
    section('privacy/keep', [say('privacy/keep/rules', 'retention.nights'), is('client.removal_default')]),
    section('privacy/rights', [
      is('rights.extend_to_all'),
      say('privacy/rights/access', 'rights.copy'),
      say('privacy/rights/rectification', 'rights.portal'),
      say('privacy/rights/erasure', 'rights.erasure'),
      say('privacy/rights/restriction', 'rights.restriction'),
      say('privacy/rights/objection', 'suppression.reach'),
      say('privacy/rights/withdrawal', 'consent.ledger'),
      say('privacy/rights/answer', 'rights.clocks'),
      say('privacy/rights/appeal', 'rights.appeal'),
      say('privacy/rights/noPenalty', 'rights.portal'),
    ]),
    section('privacy/children', [is('age.min'), is('age.scope'), is('age.guardian'), say('privacy/children/report', 'rights.portal')]),
    section('privacy/signals', [...signals, say('privacy/signals/cookies', 'cookies.register')]),
    section('privacy/security', [
      say('privacy/security/measures', 'fields.encryption'),
      say('privacy/security/roles', 'roles.scopes'),
      say('privacy/security/limits', 'breaches.told'),
    ]),
    section('privacy/changes', changes),
  ],
  cookies: [
    section('cookies/what', [
      say('cookies/what/before', 'cookies.register'),
      { list: 'cookies' },
      say('cookies/what/none', 'cookies.register', ({ cookies }) => cookies('en').length === 0),
      say('cookies/what/first', 'cookies.register'),
    ]),
    section('privacy/signals', signals),
    section('privacy/changes', changes),
  ],
  california: [
    section('california/collect', [say('california/collect/twelve', 'inventory'), { list: 'categories' }]),
    section('california/sell', [
      say('california/sell/none', 'sharing.none'),
      is('sharing.third_party_marketing'),
      say('california/sell/minors', 'sharing.none'),
      is('signals.gpc'),
    ]),
    section('california/rights', [
      say('california/rights/list', 'rights.portal'),
      say('california/rights/how', 'rights.portal'),
      say('california/rights/verify', 'rights.portal'),
      say('california/rights/time', 'rights.clocks'),
      say('california/rights/noPenalty', 'rights.portal'),
    ]),
    section('california/keep', [{ list: 'rules' }]),
    section('privacy/who', [say('privacy/who/contact', 'rights.portal')]),
  ],
  terms: [
    section('terms/what', [
      say('terms/what/parties', 'business.facts'),
      say('terms/what/decline', 'business.facts'),
      is('age.min'),
      is('age.guardian'),
      is('geo.mode'),
    ]),
    section('terms/book', [say('terms/book/confirmed', 'bookings.confirmed'), say('terms/book/own', 'bookings.confirmed')]),
    section('terms/use', [say('terms/use/fair', 'business.facts'), say('terms/use/privacy', 'policies.versions')]),
    section('terms/changes', [say('privacy/changes/versions', 'policies.versions'), is('policy.notice')]),
  ],
  retention: [
    section('retention/rules', [
      { list: 'rules' },
      say('retention/rules/confirmed', 'retention.nights', ({ retention }) => retention.confirmed),
      say('retention/rules/unconfirmed', 'retention.nights', ({ retention }) => !retention.confirmed),
    ]),
    section('retention/other', [{ list: 'endings' }, is('client.removal_default')]),
    section('retention/hold', [say('retention/hold/holds', 'retention.holds'), say('retention/hold/backups', 'backup.tombstones')]),
  ],
  dpa: [
    section('dpa/roles', [
      say('dpa/roles/roles', 'workspaces.apart'),
      say('dpa/roles/subjects', 'inventory'),
      { list: 'categories' },
      say('dpa/roles/duration', 'workspaces.closing'),
      is('geo.region'),
    ]),
    section('dpa/duty', [
      say('dpa/duty/access', 'operator.grants'),
      say('dpa/duty/security', 'fields.encryption'),
      say('dpa/duty/rights', 'rights.portal'),
      say('dpa/duty/breach', 'breaches.told'),
      say('dpa/duty/sub', 'processors', hasProcessors),
      { list: 'processors' },
      say('dpa/duty/subNone', 'processors', (facts) => !hasProcessors(facts)),
      is('legal.notify_subject'),
    ]),
    section('dpa/end', [say('dpa/end/return', 'workspaces.closing'), say('dpa/end/audit', 'audit.chain')]),
  ],
}
