import type { Place, Rule } from '../rulebook.ts'
import type { Origin } from './rule-row.ts'
import { row } from './rule-row.ts'

const note = (id: string, place: Place, origin: Origin, does: string, strict?: string): Rule =>
  row(id, place, origin, { kind: 'note', applies: {}, does, ...(strict ? { strict } : {}) })

/** Law that is kept elsewhere than at the gate, or is not in force. */
export const notes: readonly Rule[] = [
  note(
    'us.one_to_one',
    'US',
    { law: 'IMC v. FCC (11th Cir. 2025)', source: 'jdsupra 1730983', certainty: 'S' },
    'A consent given to several sellers counts only where this business is named; one-to-one consent is not asked for any more.',
  ),
  note(
    'us.revocation',
    'US',
    { law: '47 CFR 64.1200(a)(10)', source: 'allaboutadvertisinglaw 2026-01', certainty: 'S' },
    'Any clear wording on any channel stops at once; the law allows ten business days. The count of the ceiling is in packages/deadlines.',
  ),
  note(
    'us.revoke_all',
    'US',
    { law: 'FCC DA 26-12', certainty: 'S', from: '2027-01-31' },
    'One STOP stops all texts, all calls by machine and all offers by phone, unrelated ones too.',
    'Postponed to 31 January 2027 and under review: Frontdesk does it today.',
  ),
  note(
    'us.confirmation_text',
    'US',
    { law: '47 CFR 64.1200(a)(12)', certainty: 'K' },
    'One text within five minutes may confirm the stop, without an offer, and may ask how far it reaches; it hangs on the suppression and is `legal`.',
  ),
  note(
    'us.internal_list',
    'US',
    { law: '47 CFR 64.1200(d); 16 CFR 310.4(b)(1)(iii)(A)', certainty: 'K' },
    'The own list is kept for ever, overrides every relationship, and is honoured at once.',
    'The FCC asks for five years and proposes to delete its rule; the Telemarketing Sales Rule has no end.',
  ),
  note(
    'us.records',
    'US',
    { law: '16 CFR 310.5; 89 FR 26760', source: 'elaws, magnifyi', certainty: 'S', from: '2024-10-15' },
    'Calls, scripts, consents and decisions are kept for five years by the rooms that make them.',
  ),
  note(
    'us.business',
    'US',
    { law: '89 FR 26760', certainty: 'S' },
    'Businesses are treated as people are; misleading them is forbidden as well.',
  ),
  note(
    'us.stir_shaken',
    'US',
    { law: 'FCC 24-120; 90 FR 40241', certainty: 'V', from: '2025-09-18' },
    'The provider signs calls; the attestation is stored with the call.',
  ),
  note(
    'us-fl.suits',
    'US-FL',
    { law: 'Fla. Stat. 501.059(10)', certainty: 'V' },
    'Texts may be sued over only 15 days after STOP; Frontdesk stops at once.',
  ),
  note(
    'us-fl.presumption',
    'US-FL',
    { law: 'Fla. Stat. 501.059; 15 O.S. 775C; Or. HB 3865', certainty: 'V' },
    'An area code presumes its state; the state of her address counts beside it.',
  ),
  note(
    'us-ny.fine',
    'US-NY',
    { law: 'N.Y. Gen. Bus. Law 399-z', source: 'every.rocks', certainty: 'S' },
    'Calls to listed numbers cost up to 20,000 dollars each.',
  ),
  note(
    'us.emergency',
    'US',
    { law: 'La. orders; N.Y. Gen. Bus. Law 399-z', certainty: 'K' },
    'During a declared emergency the workspace blocks offers to that state with a switch.',
  ),
  note(
    'us-va.stop',
    'US-VA',
    { law: 'Va. SB 1339', certainty: 'K', from: '2026-01-01' },
    'A stop by text is honoured for ten years; Frontdesk keeps it until it is taken back.',
  ),
  note(
    'us-ut.ai',
    'US-UT',
    { law: 'Utah SB 149, SB 226, SB 332', source: 'sentinelassurance', certainty: 'S', from: '2025-05-07' },
    'An assistant says that it is an AI whenever it is asked, and in the first sentence anyway.',
  ),
  note(
    'us-ca.bots',
    'US-CA',
    { law: 'Cal. Bus. & Prof. Code 17940 (SB 1001)', certainty: 'V' },
    'An assistant that writes online says that it is one.',
  ),
  note(
    'ca.internal_list',
    'CA',
    { law: 'CRTC Unsolicited Telecommunications Rules, Part III', source: 'crtc.gc.ca', certainty: 'V' },
    'The own list is honoured at once (the rules allow 14 days) and kept for ever (the rules ask for three years and 14 days).',
  ),
  note(
    'ca.subscription',
    'CA',
    { law: 'CRTC Unsolicited Telecommunications Rules, Part II', source: 'crtc.gc.ca', certainty: 'V' },
    'Telemarketers register with the National DNCL operator and subscribe by area code, also where all their calls are exempt.',
  ),
  note(
    'ca.records',
    'CA',
    { law: 'CRTC; CASL s. 13', certainty: 'K' },
    'Calls and proofs of consent are kept for five years, which covers the three that are well known.',
  ),
]
