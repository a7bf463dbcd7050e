import type { Applies, Rule } from '../rulebook.ts'
import { daily, offers, row } from './rule-row.ts'

const machines = ['artificial', 'prerecorded'] as const
const informational = ['reply', 'service', 'legal', 'feedback'] as const

function reassigned(what: string, applies: Applies): Rule {
  return row(
    `us.reassigned.${what}`,
    'US',
    { law: '47 CFR 64.1200(m)', source: 'transnexus, accountsrecovery', certainty: 'S' },
    {
      kind: 'reassigned',
      applies,
      silentDays: 45,
      answerDays: 31,
      does: 'After 45 days without a sign from that number, offers wait for a "no" of the Reassigned Numbers Database that is at most 31 days old. A "yes" stops everything to the number.',
      strict: 'The database is a safe harbour, not a duty; "no data" counts as not known.',
    },
  )
}

/** United States, federal: calls and texts. */
export const usFederal: readonly Rule[] = [
  row(
    'us.hours',
    'US',
    { law: '47 CFR 64.1200(c)(1); 16 CFR 310.4(c)', certainty: 'V' },
    {
      kind: 'hours',
      applies: { channels: ['call', 'sms'], purposes: offers },
      week: daily('08:00', '21:00'),
      does: 'Calls and texts with offers or questions go out from 8:00 to 21:00 in every zone she may be in.',
      strict:
        'The FCC asked in October 2025 whether to keep its limits; they stay until it decides. Texts are treated as calls, where courts are split.',
    },
  ),
  row(
    'us.machine.marketing',
    'US',
    { law: '47 U.S.C. 227(b)(1)(A); 47 CFR 64.1200(a)(2)-(3), (f)(9); FCC 24-17', certainty: 'K' },
    {
      kind: 'consent',
      applies: { channels: ['call'], voices: machines, purposes: ['marketing'] },
      level: 'pewc',
      automated: true,
      does: 'A machine’s voice brings offers only with prior express written consent whose wording names it, to mobiles and homes alike.',
      strict:
        'Bradford v. Sovereign Pest (5th Cir. 2026) lets oral consent do in TX, LA and MS: written consent is asked for everywhere. A synthesized, cloned or model’s voice is artificial (FCC 24-17), although courts are not bound by it.',
    },
  ),
  row(
    'us.machine.informational',
    'US',
    { law: '47 U.S.C. 227(b)(1); 47 CFR 64.1200(a)(1), (a)(3)', certainty: 'K' },
    {
      kind: 'consent',
      applies: { channels: ['call'], voices: machines, purposes: informational },
      level: 'pec_oral',
      automated: true,
      exemptLine: true,
      does: 'A machine’s voice brings news about a booking only with consent to such calls; a landline that was looked up needs none within the exempt caps.',
      strict:
        'Consent that names machine voices is asked for, as FCC 24-84 proposes and did not adopt. A line that is not known counts as a mobile.',
    },
  ),
  row(
    'us.residential.cap',
    'US',
    { law: '47 CFR 64.1200(a)(3), (a)(9); FCC 20-186', source: 'OMB 3060-0519', certainty: 'S' },
    {
      kind: 'cap',
      applies: { channels: ['call'], voices: machines, purposes: informational },
      counts: { channels: ['call'], voices: machines },
      count: 3,
      hours: 30 * 24,
      exemptOnly: true,
      does: 'Without consent a machine calls a landline at most three times in 30 days.',
    },
  ),
  row(
    'us.residential.hipaa_day',
    'US',
    { law: '47 CFR 64.1200(a)(9)(iv)', source: 'OMB 3060-0519', certainty: 'S' },
    {
      kind: 'cap',
      applies: { channels: ['call'], voices: machines, purposes: informational, onlyIf: 'healthCare' },
      counts: { channels: ['call'], voices: machines },
      count: 1,
      hours: 24,
      exemptOnly: true,
      does: 'For health care the exempt calls are one a day.',
    },
  ),
  row(
    'us.residential.hipaa_week',
    'US',
    { law: '47 CFR 64.1200(a)(9)(iv)', source: 'OMB 3060-0519', certainty: 'S' },
    {
      kind: 'cap',
      applies: { channels: ['call'], voices: machines, purposes: informational, onlyIf: 'healthCare' },
      counts: { channels: ['call'], voices: machines },
      count: 3,
      hours: 7 * 24,
      exemptOnly: true,
      does: 'For health care the exempt calls are three a week.',
    },
  ),
  row(
    'us.text.marketing',
    'US',
    { law: '47 U.S.C. 227(b)(1)(A); 47 CFR 64.1200(a)(2)', source: 'blacklistalliance', certainty: '?' },
    {
      kind: 'consent',
      applies: { channels: ['sms'], purposes: ['marketing'] },
      level: 'pewc',
      automated: true,
      does: 'Offers by text go out only with prior express written consent.',
      strict: 'Courts are split on whether texts are calls: they are treated as calls, and as sent by a machine, whoever writes them.',
    },
  ),
  row(
    'us.text.informational',
    'US',
    { law: '47 CFR 64.1200(a)(1)', certainty: 'K' },
    {
      kind: 'consent',
      applies: { channels: ['sms'], purposes: ['reply', 'service', 'feedback'] },
      level: 'pec_oral',
      given: true,
      does: 'News by text goes to a number that she gave us herself or wrote from, or with her consent.',
    },
  ),
  row(
    'us.standing',
    'US',
    { law: '47 CFR 64.1200(f)(5); 16 CFR 310.2(q)', source: 'telemarketing.donotcall.gov', certainty: 'S' },
    {
      kind: 'standing',
      applies: {},
      of: 'registry',
      ebrMonths: 18,
      inquiryMonths: 3,
      does: 'A purchase counts 18 months, an inquiry three. Neither permits a machine’s voice, and "don’t call me" ends both.',
    },
  ),
  row(
    'us.registry',
    'US',
    { law: '47 CFR 64.1200(c)(2); 16 CFR 310.4(b)(1)(iii), (b)(3)(iv)', source: 'telemarketing.donotcall.gov', certainty: 'S' },
    {
      kind: 'registry',
      applies: { channels: ['call', 'sms'], purposes: ['marketing'] },
      registry: 'us.national',
      maxAgeDays: 31,
      exempt: ['ebr', 'inquiry', 'pewc'],
      does: 'Offers go only to numbers that are not on the national register, by a copy of at most 31 days, unless there is a relationship, an inquiry or written consent.',
      strict: 'Permission to call a listed number must be written; oral consent does not lift the register.',
    },
  ),
  reassigned('texts', { channels: ['sms'], purposes: offers }),
  reassigned('dialed', { channels: ['call'], dialing: 'automatic', purposes: offers }),
  reassigned('machines', { channels: ['call'], voices: machines, purposes: offers }),
  row(
    'us.machine.disclosure',
    'US',
    { law: '47 CFR 64.1200(b)(1)-(3); 16 CFR 310.4(b)(1)(v)', certainty: 'K' },
    {
      kind: 'require',
      applies: { channels: ['call'], voices: machines },
      codes: ['say_who_calls', 'say_call_back_number'],
      does: 'A machine says at the start who calls, and a number to call back.',
      strict: 'The FCC proposes to drop the call-back number; it is said.',
    },
  ),
  row(
    'us.machine.ai',
    'US',
    {
      law: 'FCC 24-84 (proposed); Utah SB 149; AI-identity laws of October 2026',
      source: 'govinfo 89 FR 73321; sentinelassurance; regulon.ai',
      certainty: '?',
    },
    {
      kind: 'require',
      applies: { channels: ['call'], voices: ['artificial'] },
      codes: ['say_it_is_a_machine'],
      params: { when: 'first_sentence', again: 'when_asked' },
      does: 'The first sentence says that it is an AI, for which business, what for, and that "stop" works at any time. It is never denied.',
      strict: 'The FCC’s proposal was not found adopted and the state laws differ: it is said on every call, everywhere.',
    },
  ),
  row(
    'us.machine.opt_out',
    'US',
    { law: '47 CFR 64.1200(b)(3); 16 CFR 310.4(b)(1)(v)(B)', certainty: 'K' },
    {
      kind: 'require',
      applies: { channels: ['call'], voices: machines, purposes: offers },
      codes: ['opt_out_within_two_seconds', 'opt_out_number_on_voicemail'],
      does: 'Within two seconds of the name a key or a word ends all such calls and hangs up; a message on voicemail names a toll-free number for it.',
      strict: 'The FCC proposes to drop parts of it; the Telemarketing Sales Rule keeps its own.',
    },
  ),
  row(
    'us.ring',
    'US',
    { law: '47 CFR 64.1200(a)(6); 16 CFR 310.4(b)(4)(ii)', source: 'law.cornell.edu', certainty: 'S' },
    {
      kind: 'require',
      applies: { channels: ['call'], purposes: offers },
      codes: ['ring_fifteen_seconds'],
      does: 'An unanswered call rings at least 15 seconds; no other call is cut when one is answered.',
      strict: 'The FCC proposes to delete it; the Telemarketing Sales Rule stays.',
    },
  ),
  row(
    'us.answer',
    'US',
    { law: '47 CFR 64.1200(a)(7); 16 CFR 310.4(b)(4)', source: 'dnc.com', certainty: 'S' },
    {
      kind: 'require',
      applies: { channels: ['call'], dialing: 'automatic', purposes: offers },
      codes: ['answer_within_two_seconds'],
      does: 'Somebody speaks within two seconds of her greeting; at most three of a hundred answered calls in 30 days may miss it, counted by the dialer, wrongly recognised machines included.',
      strict:
        'The FCC proposes to delete it; the Telemarketing Sales Rule stays. Between the two countries’ caps the lower one, 3 %, holds.',
    },
  ),
  row(
    'us.disclosure',
    'US',
    { law: '16 CFR 310.4(d); 47 CFR 64.1200(d)(4)', certainty: 'K' },
    {
      kind: 'require',
      applies: { channels: ['call'], purposes: offers },
      codes: ['say_who_calls', 'say_purpose', 'say_call_back_number', 'offer_opt_out'],
      does: 'The caller says at once who is calling, for which business, that it is about an offer, and how to stop it.',
    },
  ),
  row(
    'us.caller_id',
    'US',
    { law: '47 CFR 64.1601(e); 16 CFR 310.4(a)(8); 47 U.S.C. 227(e)', certainty: 'K' },
    {
      kind: 'sender',
      applies: { channels: ['call'], purposes: offers },
      needs: 'callerIdAnswered',
      does: 'The number shown is ours and answered, so that it can be asked for silence.',
    },
  ),
  row(
    'us.texts_registered',
    'US',
    { law: 'Carrier and CTIA codes (10DLC, toll-free verification)', certainty: 'K' },
    {
      kind: 'sender',
      applies: { channels: ['sms'] },
      needs: 'textsRegistered',
      does: 'Texts wait until brand and campaign are registered; carriers block others.',
    },
  ),
  row(
    'us.text.stop',
    'US',
    { law: '47 CFR 64.1200(a)(10), (a)(12); CTIA', source: 'allaboutadvertisinglaw 2026-01', certainty: 'S' },
    {
      kind: 'require',
      applies: { channels: ['sms'], purposes: ['service', ...offers] },
      codes: ['name_sender', 'stop_word'],
      does: 'A text names its sender and how to stop; STOP, QUIT, END, REVOKE, OPT OUT, CANCEL and UNSUBSCRIBE work alone, any other clear wording too.',
    },
  ),
  row(
    'us.debts.cap',
    'US',
    { law: '12 CFR 1006.14(b)(2)(i)(A)', certainty: 'K' },
    {
      kind: 'cap',
      applies: { channels: ['call'], about: ['invoice'], onlyIf: 'collectsDebts' },
      counts: { channels: ['call'] },
      count: 7,
      hours: 7 * 24,
      does: 'Who collects debts calls at most seven times in seven days.',
      strict: 'The cap is per debt; all calls are counted.',
    },
  ),
  row(
    'us.debts.talked',
    'US',
    { law: '12 CFR 1006.14(b)(2)(i)(B)', certainty: 'K' },
    {
      kind: 'cap',
      applies: { channels: ['call'], about: ['invoice'], onlyIf: 'collectsDebts' },
      counts: { channels: ['call'] },
      count: 1,
      hours: 7 * 24,
      talked: true,
      does: 'After a conversation a collector waits seven days.',
    },
  ),
]
