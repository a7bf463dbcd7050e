import type { Rule } from '../rulebook.ts'
import { offers, row, week } from './rule-row.ts'

const machines = ['artificial', 'prerecorded'] as const
const messages = ['email', 'sms', 'chat', 'whatsapp', 'messenger', 'instagram', 'push'] as const
const telecom = 'CRTC Unsolicited Telecommunications Rules'

/** Canada: calls under the CRTC’s rules, electronic messages under CASL. */
export const canada: readonly Rule[] = [
  row(
    'ca.hours',
    'CA',
    { law: `${telecom}, Part III`, source: 'crtc.gc.ca', certainty: 'V' },
    {
      kind: 'hours',
      applies: { channels: ['call', 'sms'], purposes: offers },
      week: week(['09:00', '21:30'], ['10:00', '18:00'], ['10:00', '18:00']),
      does: 'Calls with offers go out from 9:00 to 21:30, on weekends from 10:00 to 18:00, in every zone she may be in.',
      strict: 'The rule is for calls; texts keep the same hours. Provinces may narrow them: none is shipped.',
    },
  ),
  row(
    'ca.registry',
    'CA',
    { law: `${telecom}, Part II`, source: 'crtc.gc.ca', certainty: 'V' },
    {
      kind: 'registry',
      applies: { channels: ['call'], purposes: ['marketing'] },
      registry: 'ca.national',
      maxAgeDays: 31,
      exempt: ['ebr', 'inquiry', 'pec_oral', 'pec', 'pewc'],
      does: 'Offers go only to numbers that are not on the National DNCL, by a copy of at most 31 days, unless there is a relationship or consent.',
      strict: 'Business numbers are exempt; they are checked like all others, because it is not known which are.',
    },
  ),
  row(
    'ca.standing.registry',
    'CA',
    { law: 'Telecommunications Act s. 41.7(2)', certainty: 'K' },
    {
      kind: 'standing',
      applies: {},
      of: 'registry',
      ebrMonths: 18,
      inquiryMonths: 6,
      does: 'Towards the register a purchase counts 18 months, an inquiry six.',
    },
  ),
  row(
    'ca.machine.marketing',
    'CA',
    { law: `${telecom}, Part IV; CRTC 2014-155`, certainty: 'V' },
    {
      kind: 'consent',
      applies: { channels: ['call'], voices: machines, purposes: ['marketing'] },
      level: 'pec_oral',
      automated: true,
      does: 'A recorded or synthesized voice brings offers only with express consent; a business relationship is no exemption.',
    },
  ),
  row(
    'ca.machine.informational',
    'CA',
    { law: `${telecom}, Part IV`, certainty: '?' },
    {
      kind: 'consent',
      applies: { channels: ['call'], voices: machines, purposes: ['reply', 'service', 'legal', 'feedback'] },
      level: 'pec_oral',
      automated: true,
      does: 'A machine’s voice brings news about a booking only with consent.',
      strict:
        'The rules let announcing devices call without offers; whether a conversation with an AI is one is open, so consent is asked for.',
    },
  ),
  row(
    'ca.disclosure',
    'CA',
    { law: `${telecom}, Part III and IV`, source: 'crtc.gc.ca', certainty: 'V' },
    {
      kind: 'require',
      applies: { channels: ['call'], purposes: offers },
      codes: ['say_who_calls', 'say_purpose', 'say_call_back_number', 'offer_opt_out'],
      does: 'The caller says at once who is calling and for whom, and gives a way to reach the business when asked.',
    },
  ),
  row(
    'ca.machine.disclosure',
    'CA',
    { law: `${telecom}, Part IV`, source: 'crtc.gc.ca', certainty: 'V' },
    {
      kind: 'require',
      applies: { channels: ['call'], voices: machines },
      codes: ['say_who_calls', 'say_it_is_a_machine', 'say_call_back_number'],
      does: 'A machine says at the start who calls, that it is one, and how to reach the business.',
      strict: 'That it is a machine is not asked for by the rules; it is always said.',
    },
  ),
  row(
    'ca.answer',
    'CA',
    { law: `${telecom}, Part I and III`, source: 'crtc.gc.ca/eng/trules-reglest.htm', certainty: 'K' },
    {
      kind: 'require',
      applies: { channels: ['call'], dialing: 'automatic', purposes: offers },
      codes: ['answer_within_two_seconds'],
      does: 'Somebody speaks within two seconds of the answer; abandoned calls are counted by the dialer, by calendar month.',
      strict: 'The 5 % a month are well known and were not re-read; the dialer keeps 3 %.',
    },
  ),
  row(
    'ca.caller_id',
    'CA',
    { law: `${telecom}, Part III`, source: 'crtc.gc.ca', certainty: 'V' },
    {
      kind: 'sender',
      applies: { channels: ['call'], purposes: offers },
      needs: 'callerIdAnswered',
      does: 'The number shown is ours and answered.',
    },
  ),
  row(
    'ca.messages',
    'CA',
    { law: 'CASL, S.C. 2010 c. 23 s. 6, 10', certainty: 'S' },
    {
      kind: 'consent',
      applies: { channels: messages, purposes: offers },
      level: 'ebr',
      does: 'Offers by mail, text and message go out with express consent, or two years after a purchase and six months after an inquiry.',
      strict: 'A question after a visit is taken as a commercial message.',
    },
  ),
  row(
    'ca.standing.consent',
    'CA',
    { law: 'CASL s. 10(10)', certainty: 'S' },
    {
      kind: 'standing',
      applies: {},
      of: 'consent',
      ebrMonths: 24,
      inquiryMonths: 6,
      does: 'Implied consent lasts two years after a purchase, six months after an inquiry.',
    },
  ),
  row(
    'ca.messages.form',
    'CA',
    { law: 'CASL s. 6(2), 11', certainty: 'K' },
    {
      kind: 'require',
      applies: { channels: ['email'], purposes: ['service', ...offers] },
      codes: ['name_sender', 'postal_address', 'unsubscribe_link'],
      params: { works_for_days: '60' },
      does: 'Each mail names its sender with a postal address and has an unsubscribe link that works for at least 60 days.',
      strict: 'Mails about her own booking have them, too (s. 6(6)).',
    },
  ),
  row(
    'ca.texts.form',
    'CA',
    { law: 'CASL s. 6(2), 11', certainty: 'K' },
    {
      kind: 'require',
      applies: { channels: ['sms', 'whatsapp'], purposes: ['service', ...offers] },
      codes: ['name_sender', 'stop_word'],
      does: 'Each text names its sender and how to stop.',
    },
  ),
]
