import type { BreachLaw } from '@frontdesk/contract'

/**
 * How sure a row is. `read`: compared with the text of the law or regulation; `surveyed`: with what the agency, or several practitioners who name the section, say of it;
 * `as_remembered`: with nothing.
 */
export type BreachCertainty = 'read' | 'surveyed' | 'as_remembered'

/** One duty: whom to tell, by when after the incident was noticed. `withoutDelay` is a duty without a number; `afterTelling` counts from the day the people were told. */
export type BreachDuty = {
  readonly law: BreachLaw
  readonly whom: 'authority' | 'people'
  readonly name: string
  readonly term:
    | { readonly hours: number }
    | { readonly days: number }
    | { readonly afterTelling: { readonly days: number; readonly latest: number } }
    | 'withoutDelay'
  /** When it applies, in one sentence. */
  readonly duty: string
  readonly source: string
  /** What it was compared with. */
  readonly compared: string
  readonly certainty: BreachCertainty
  /** The day of the comparison. */
  readonly asOf: string
}

const asOf = '2026-11-30'
const read = (compared: string) => ({ compared, certainty: 'read', asOf }) as const
const surveyed = (compared: string) => ({ compared, certainty: 'surveyed', asOf }) as const

/**
 * Whom the law wants told, and by when. Compared row by row with stored copies of what `compared` names, on the day of `asOf`. Not legal advice, and not complete: every state of the United
 * States has a law of its own, and each has exceptions that a row leaves out. Ask counsel before you rely on a row, and before you rely on there being none. A change of law is a new row here.
 */
export const breachDuties: readonly BreachDuty[] = [
  {
    law: 'gdpr',
    whom: 'authority',
    name: 'GDPR Art. 33',
    term: { hours: 72 },
    duty: 'Tell the data protection authority without undue delay, and where feasible within 72 hours of knowing, unless a risk to people is unlikely.',
    source: 'Regulation (EU) 2016/679, Art. 33(1)',
    ...read('gdprlearninghub.com/article-33-gdpr'),
  },
  {
    law: 'gdpr',
    whom: 'people',
    name: 'GDPR Art. 34',
    term: 'withoutDelay',
    duty: 'Tell the people without undue delay where the risk to them is high.',
    source: 'Regulation (EU) 2016/679, Art. 34(1)',
    ...surveyed('oc-services.de/en/compliance/incidents'),
  },
  {
    law: 'uk_gdpr',
    whom: 'authority',
    name: 'UK GDPR Art. 33',
    term: { hours: 72 },
    duty: 'Tell the Information Commissioner within 72 hours of knowing, unless a risk to people is unlikely.',
    source: 'UK GDPR, Art. 33(1)',
    ...surveyed('nibusinessinfo.co.uk, gdprcourse.co.uk'),
  },
  {
    law: 'uk_gdpr',
    whom: 'people',
    name: 'UK GDPR Art. 34',
    term: 'withoutDelay',
    duty: 'Tell the people without undue delay where the risk to them is high.',
    source: 'UK GDPR, Art. 34(1)',
    ...surveyed('nibusinessinfo.co.uk'),
  },
  {
    law: 'pipeda',
    whom: 'authority',
    name: 'PIPEDA s. 10.1(1)',
    term: 'withoutDelay',
    duty: 'Report to the Privacy Commissioner as soon as feasible where there is a real risk of significant harm.',
    source: 'PIPEDA, S.C. 2000, c. 5, s. 10.1(1)–(2)',
    ...read('laws-lois.justice.gc.ca/eng/acts/P-8.6/section-10.1.html'),
  },
  {
    law: 'pipeda',
    whom: 'people',
    name: 'PIPEDA s. 10.1(3)',
    term: 'withoutDelay',
    duty: 'Tell the people as soon as feasible where there is a real risk of significant harm. The record is kept for 24 months in any case.',
    source: 'PIPEDA, S.C. 2000, c. 5, s. 10.1(3)–(6); SOR/2018-64 s. 6',
    ...read('laws-lois.justice.gc.ca/eng/acts/P-8.6/section-10.1.html; mondaq 1218800 for the record'),
  },
  {
    law: 'quebec',
    whom: 'authority',
    name: 'Québec, Law 25',
    term: 'withoutDelay',
    duty: 'Tell the Commission d’accès à l’information promptly where there is a risk of serious injury. The register keeps each incident for five years.',
    source: 'CQLR c. P-39.1, s. 3.5; c. A-2.1, r. 3.1, s. 8',
    ...surveyed('retailcouncil.org, lexgestio.ca'),
  },
  {
    law: 'quebec',
    whom: 'people',
    name: 'Québec, Law 25',
    term: 'withoutDelay',
    duty: 'Tell the people where there is a risk of serious injury.',
    source: 'CQLR c. P-39.1, s. 3.5',
    ...surveyed('retailcouncil.org, lexgestio.ca'),
  },
  {
    law: 'us_california',
    whom: 'people',
    name: 'California',
    term: { days: 30 },
    duty: 'Tell residents within 30 calendar days of discovery.',
    source: 'Cal. Civ. Code § 1798.82(a)(2) as amended by SB 446 (2025), since 1 January 2026',
    ...surveyed('dailyjournal.com 388637, vqis.net'),
  },
  {
    law: 'us_california',
    whom: 'authority',
    name: 'California, Attorney General',
    term: { afterTelling: { days: 15, latest: 45 } },
    duty: 'Where more than 500 residents are told: a copy of the notice to the Attorney General within 15 calendar days of telling them.',
    source: 'Cal. Civ. Code § 1798.82(f) as amended by SB 446 (2025), since 1 January 2026',
    ...surveyed('dailyjournal.com 388637, vqis.net'),
  },
  {
    law: 'us_colorado',
    whom: 'people',
    name: 'Colorado',
    term: { days: 30 },
    duty: 'Tell residents within 30 days of the determination.',
    source: 'Colo. Rev. Stat. § 6-1-716(2)',
    ...surveyed('dwt.com/gcp/states/colorado, complianceiq.site'),
  },
  {
    law: 'us_colorado',
    whom: 'authority',
    name: 'Colorado, Attorney General',
    term: { days: 30 },
    duty: 'Where 500 or more residents are told: tell the Attorney General within 30 days of the determination.',
    source: 'Colo. Rev. Stat. § 6-1-716(2)(f)',
    ...surveyed('dwt.com/gcp/states/colorado, complianceiq.site'),
  },
  {
    law: 'us_florida',
    whom: 'people',
    name: 'Florida',
    term: { days: 30 },
    duty: 'Tell residents within 30 days of the determination.',
    source: 'Fla. Stat. § 501.171(4)',
    ...surveyed('dwt.com/gcp/states/florida, wordsbywit.com/florida'),
  },
  {
    law: 'us_florida',
    whom: 'authority',
    name: 'Florida, Department of Legal Affairs',
    term: { days: 30 },
    duty: 'Where 500 or more residents are affected: tell the Department within 30 days of the determination; 15 more for good cause, told within the 30.',
    source: 'Fla. Stat. § 501.171(3)',
    ...surveyed('dwt.com/gcp/states/florida, wordsbywit.com/florida'),
  },
  {
    law: 'us_new_york',
    whom: 'people',
    name: 'New York',
    term: { days: 30 },
    duty: 'Tell residents within 30 days of discovery.',
    source: 'N.Y. Gen. Bus. Law § 899-aa(2) as amended by S2659B, since 21 December 2024',
    ...surveyed('insideprivacy.com, alstonprivacy.com, shrm.org'),
  },
  {
    law: 'us_new_york',
    whom: 'authority',
    name: 'New York, state agencies',
    term: { days: 30 },
    duty: 'Whenever residents are told: the Attorney General, the Department of State and the State Police too; the Department of Financial Services only for those it supervises.',
    source: 'N.Y. Gen. Bus. Law § 899-aa(8)(a) as amended by S2659B and S804 (2025)',
    ...surveyed('alstonprivacy.com, docmagic.com 15518'),
  },
  {
    law: 'us_texas',
    whom: 'people',
    name: 'Texas',
    term: { days: 60 },
    duty: 'Tell the people, residents of Texas or not, within 60 days of the determination.',
    source: 'Tex. Bus. & Com. Code § 521.053(b)',
    ...read('lawserver.com, Texas Business and Commerce Code 521.053'),
  },
  {
    law: 'us_texas',
    whom: 'authority',
    name: 'Texas, Attorney General',
    term: { days: 30 },
    duty: 'Where 250 or more residents are told: tell the Attorney General as soon as practicable and within 30 days of the determination.',
    source: 'Tex. Bus. & Com. Code § 521.053(i) as amended by SB 768, since 1 September 2023',
    ...surveyed('perkinscoie.com, dwt.com'),
  },
  {
    law: 'us_washington',
    whom: 'people',
    name: 'Washington',
    term: { days: 30 },
    duty: 'Tell residents within 30 calendar days of discovery.',
    source: 'RCW 19.255.010(8)',
    ...surveyed('legalclarity.org, terms.law'),
  },
  {
    law: 'us_washington',
    whom: 'authority',
    name: 'Washington, Attorney General',
    term: { days: 30 },
    duty: 'Where more than 500 residents are told: tell the Attorney General within 30 days of discovery.',
    source: 'RCW 19.255.010(7)',
    ...surveyed('legalclarity.org, terms.law'),
  },
  {
    law: 'us_other',
    whom: 'people',
    name: 'Other states',
    term: 'withoutDelay',
    duty: 'Every state has a law. A survey of January 2026 names 45 days for Alabama, Arizona, Indiana, New Mexico, Ohio, Oregon, Rhode Island, Tennessee, Vermont and Wisconsin, 60 for Connecticut, Delaware, Louisiana and South Dakota, and no number for most others; another names 30 for Maine. Look up the states of the people affected.',
    source: 'State breach statutes, not listed one by one',
    ...surveyed('privacyrights.org, 50-state survey of 28 January 2026; dwt.com'),
  },
]

/** The laws that run unless somebody says otherwise: those of the place of the business. */
export function usualLaws(country: string | null, region: string): readonly BreachLaw[] {
  if (country === 'CA') return ['pipeda']
  if (region === 'EU') return ['gdpr']
  if (region === 'GB') return ['uk_gdpr']
  return country === 'US' || country === null ? ['us_other'] : ['gdpr']
}
