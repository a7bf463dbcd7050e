import { bestConsent, type Case, expiryOf, type HouseRule, holdUntil, isAtLeast, isOffer, iso, type Standing } from './case.ts'
import type { Consent, ConsentLevel } from './facts.ts'
import { monthsLater } from './months.ts'
import { dayMs, minuteMs } from './open-times.ts'
import { reason } from './reasons.ts'
import type { ConsentRule, RegistryRule, Rule } from './rulebook.ts'

/** What the law of her places asks for, the clock aside. */
export const lawRules: readonly HouseRule[] = [
  countryHasRules,
  kindIsLegal,
  consentIsThere,
  notOnRegistry,
  numberIsHers,
  senderIsKnown,
  operatorLetsUs,
]

const hourMs = 60 * minuteMs
const from = ({ law, id }: Rule) => ({ authority: law, rule: id })

/** Without rules for a country only a person, mail and chat may reach her, and not with offers. */
function countryHasRules({ touch, where, reasons }: Case): void {
  if (where.foreign.length === 0) return
  const { channel, purpose } = touch
  const byMachine =
    touch.channel === 'call'
      ? touch.voice !== 'human' || touch.dialing === 'automatic'
      : touch.channel === 'sms' && touch.writer === 'machine'
  if (!isOffer(touch) && !byMachine) return
  for (const country of where.foreign) reasons.push(reason('no_rules_for_country', { country, channel, purpose }))
}

function kindIsLegal({ touch, plan, facts, reasons }: Case): void {
  if (touch.channel === 'call') {
    for (const rule of plan.forbids) reasons.push(reason('voice_forbidden', { voice: touch.voice, place: rule.place }, from(rule)))
  }
  for (const rule of plan.registrations) {
    if (!facts.policy.registeredIn?.includes(rule.place)) reasons.push(reason('not_registered_in', { place: rule.place }, from(rule)))
  }
}

/** The relationship and the inquiry that still count under the rules of a country, the longer one first. */
export function standingsOf(one: Case, of: 'registry' | 'consent', country: string): readonly Standing[] {
  const key = of === 'registry' ? country : `consent ${country}`
  const found = one.known.standings[key] ?? findStandings(one, of, country)
  one.known.standings[key] = found
  return found
}

function findStandings({ plan, facts, atMs }: Case, of: 'registry' | 'consent', country: string): readonly Standing[] {
  const rule = plan.standings.find((one) => one.of === of && one.place === country)
  if (!rule) return []
  const { lastTransactionAt, lastInquiryAt } = facts.dealings
  const bought = lastTransactionAt && standing('ebr', lastTransactionAt.epochMilliseconds, rule.ebrMonths, atMs)
  const asked = lastInquiryAt && standing('inquiry', lastInquiryAt.epochMilliseconds, rule.inquiryMonths, atMs)
  if (bought && asked) return bought.untilMs >= asked.untilMs ? [bought, asked] : [asked, bought]
  return bought ? [bought] : asked ? [asked] : []
}

function standing(level: Standing['level'], sinceMs: number, months: number, atMs: number): Standing | undefined {
  const untilMs = monthsLater(sinceMs, months)
  return atMs < untilMs && sinceMs <= atMs ? { level, sinceMs, untilMs } : undefined
}

/** Every consent rule must be met; what meets them carries an offer. */
function consentIsThere(one: Case): void {
  const { touch, plan, reasons, facts } = one
  let shown: Consent | undefined
  let relation: Standing | undefined
  let missing = false
  for (const rule of plan.consents) {
    const consent = bestConsent(one, rule.automated === true)
    if (consent && isAtLeast(consent.level, rule.level)) {
      holdUntil(one, expiryOf(consent))
      if (!shown || isAtLeast(consent.level, shown.level)) shown = consent
      continue
    }
    const instead = insteadOfConsent(one, rule)
    if (instead === undefined) {
      missing = true
      const have = consent?.level ?? 'none'
      reasons.push(reason('consent_missing', { channel: touch.channel, needed: rule.level, have, place: rule.place }, from(rule)))
    } else if (instead !== 'enough') relation = instead
  }
  if (facts.policy.mailNeedsConsent && touch.channel === 'email' && touch.purpose === 'marketing') {
    shown = bestConsent(one, false)
    if (shown) holdUntil(one, expiryOf(shown))
    else reasons.push(reason('consent_missing', { channel: 'email', needed: 'pec_oral', have: 'none', place: '*' }, { rule: 'workspace' }))
  }
  if (!isOffer(touch) || missing) return
  const { channel } = touch
  if (shown) reasons.push(reason('consented', { level: shown.level, channel, since: iso(shown.givenAt.epochMilliseconds) }))
  else if (relation) reasons.push(reason('relationship_carries', { level: relation.level, since: iso(relation.sinceMs) }))
  else if (one.where.foreign.length === 0) reasons.push(reason('no_consent_needed', { channel, place: one.where.names }))
}

/** A relationship, a number of her own giving, or a line that needs none. */
function insteadOfConsent(one: Case, rule: Rule & ConsentRule): Standing | 'enough' | undefined {
  const { point } = one.facts
  if (rule.given && point && (point.givenByContact || point.lastHeardAt !== null)) return 'enough'
  if (rule.exemptLine && point?.line === 'landline') {
    one.exemptLine = true
    return 'enough'
  }
  if (isAtLeast(rule.level, 'pec_oral')) return undefined
  const [relation] = standingsOf(one, 'consent', rule.place.slice(0, 2))
  if (relation) holdUntil(one, relation.untilMs)
  return relation
}

function notOnRegistry(one: Case): void {
  for (const rule of one.plan.registries) {
    const level = exemption(one, rule)
    if (level !== undefined) one.reasons.push(reason('exempt_from_registry', { registry: rule.registry, level }, from(rule)))
    else askRegistry(one, rule)
  }
}

function exemption(one: Case, rule: Rule & RegistryRule): ConsentLevel | undefined {
  const consent = bestConsent(one, false)
  if (consent && rule.exempt.includes(consent.level)) {
    holdUntil(one, expiryOf(consent))
    return consent.level
  }
  const relation = standingsOf(one, 'registry', rule.place.slice(0, 2)).find(({ level }) => rule.exempt.includes(level))
  if (!relation) return undefined
  holdUntil(one, relation.untilMs)
  return relation.level
}

function askRegistry(one: Case, rule: Rule & RegistryRule): void {
  const { registry, maxAgeDays } = rule
  const fact = one.facts.registries.find((known) => known.registry === registry)
  if (!fact) {
    one.reasons.push(reason('registry_not_loaded', { registry }, from(rule)))
    return
  }
  const tooOldMs = fact.asOf.epochMilliseconds + maxAgeDays * dayMs
  if (fact.listed) one.reasons.push(reason('on_registry', { registry }, from(rule)))
  else if (one.atMs >= tooOldMs) one.reasons.push(reason('registry_too_old', { registry, at: fact.asOf.toString() }, from(rule)))
  else holdUntil(one, tooOldMs)
}

/** A number that was silent for long may belong to somebody else. */
function numberIsHers(one: Case): void {
  const { plan, facts, atMs } = one
  const rule = plan.reassigned
  const { point } = facts
  if (!rule || !point || point.reassigned?.answer === 'yes') return
  const signs = facts.consents.filter(({ channel }) => channel === one.touch.channel).map(({ givenAt }) => givenAt.epochMilliseconds)
  const lastSign = Math.max(point.lastHeardAt?.epochMilliseconds ?? Number.NEGATIVE_INFINITY, ...signs.filter((ms) => ms <= atMs))
  const bySign = lastSign + rule.silentDays * dayMs
  const byAnswer =
    point.reassigned?.answer === 'no' ? point.reassigned.at.epochMilliseconds + rule.answerDays * dayMs : Number.NEGATIVE_INFINITY
  const untilMs = Math.max(bySign, byAnswer)
  if (atMs >= untilMs) one.reasons.push(reason('number_unconfirmed', {}, from(rule)))
  else holdUntil(one, untilMs)
}

/** What the operator of a channel allows: for a while after her own message, and to a person sometimes longer. */
function operatorLetsUs(one: Case): void {
  const { touch, plan, facts, atMs, reasons } = one
  if (touch.channel === 'call') return
  for (const rule of plan.windows) {
    if (rule.templates && touch.template) continue
    const byPerson =
      touch.writer === 'person' && facts.sender.personMayAnswerLater && rule.personPurposes?.includes(touch.purpose) !== false
    const hours = byPerson ? (rule.personHours ?? rule.hours) : rule.hours
    const heardMs = facts.heard[touch.channel]?.epochMilliseconds
    const untilMs = heardMs === undefined ? Number.NEGATIVE_INFINITY : heardMs + hours * hourMs
    if (atMs < untilMs) holdUntil(one, untilMs)
    else reasons.push(reason('window_closed', { channel: touch.channel, hours: String(hours) }, from(rule)))
  }
}

function senderIsKnown({ plan, facts, reasons }: Case): void {
  for (const rule of plan.senders) {
    if (facts.sender[rule.needs]) continue
    reasons.push(reason(rule.needs === 'callerIdAnswered' ? 'caller_id_unanswered' : 'texts_not_registered', {}, from(rule)))
  }
}
