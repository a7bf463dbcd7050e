import type { BreachLaw } from '@frontdesk/contract'

/** One duty: whom to tell, by when after the incident was noticed. `withoutDelay` is a duty without a number. */
export type BreachDuty = {
  readonly law: BreachLaw
  readonly whom: 'authority' | 'people'
  readonly name: string
  readonly term: { readonly hours: number } | { readonly days: number } | 'withoutDelay'
  /** When it applies, in one sentence. */
  readonly duty: string
  readonly source: string
  readonly asOf: string
}

const asOf = '2026-01-01'

/**
 * Whom the law wants told, and by when, as remembered: nobody compared the rows with their sources yet. Not legal advice, and not complete: every state of the United States has a law of its own. Ask counsel before you rely on a row, and
 * before you rely on there being none. A change of law is a new row here.
 */
export const breachDuties: readonly BreachDuty[] = [
  {
    law: 'gdpr',
    whom: 'authority',
    name: 'GDPR Art. 33',
    term: { hours: 72 },
    duty: 'Tell the data protection authority, unless a risk to people is unlikely.',
    source: 'Regulation (EU) 2016/679, Art. 33(1)',
    asOf,
  },
  {
    law: 'gdpr',
    whom: 'people',
    name: 'GDPR Art. 34',
    term: 'withoutDelay',
    duty: 'Tell the people without undue delay where the risk to them is high.',
    source: 'Regulation (EU) 2016/679, Art. 34(1)',
    asOf,
  },
  {
    law: 'uk_gdpr',
    whom: 'authority',
    name: 'UK GDPR Art. 33',
    term: { hours: 72 },
    duty: 'Tell the Information Commissioner, unless a risk to people is unlikely.',
    source: 'UK GDPR, Art. 33(1)',
    asOf,
  },
  {
    law: 'uk_gdpr',
    whom: 'people',
    name: 'UK GDPR Art. 34',
    term: 'withoutDelay',
    duty: 'Tell the people without undue delay where the risk to them is high.',
    source: 'UK GDPR, Art. 34(1)',
    asOf,
  },
  {
    law: 'pipeda',
    whom: 'authority',
    name: 'PIPEDA s. 10.1(1)',
    term: 'withoutDelay',
    duty: 'Report to the Privacy Commissioner as soon as feasible where there is a real risk of significant harm.',
    source: 'PIPEDA, S.C. 2000, c. 5, s. 10.1(1)–(2)',
    asOf,
  },
  {
    law: 'pipeda',
    whom: 'people',
    name: 'PIPEDA s. 10.1(3)',
    term: 'withoutDelay',
    duty: 'Tell the people as soon as feasible where there is a real risk of significant harm. The record is kept for 24 months in any case.',
    source: 'PIPEDA, S.C. 2000, c. 5, s. 10.1(3)–(6); SOR/2018-64 s. 6',
    asOf,
  },
  {
    law: 'quebec',
    whom: 'authority',
    name: 'Québec, Law 25',
    term: 'withoutDelay',
    duty: 'Tell the Commission d’accès à l’information promptly where there is a risk of serious injury.',
    source: 'CQLR c. P-39.1, s. 3.5',
    asOf,
  },
  {
    law: 'quebec',
    whom: 'people',
    name: 'Québec, Law 25',
    term: 'withoutDelay',
    duty: 'Tell the people where there is a risk of serious injury.',
    source: 'CQLR c. P-39.1, s. 3.5',
    asOf,
  },
  {
    law: 'us_california',
    whom: 'people',
    name: 'California',
    term: { days: 30 },
    duty: 'Tell residents within 30 calendar days of discovery.',
    source: 'Cal. Civ. Code § 1798.82 as amended by SB 446 (2025)',
    asOf,
  },
  {
    law: 'us_california',
    whom: 'authority',
    name: 'California, Attorney General',
    term: { days: 45 },
    duty: 'Where more than 500 residents are told: a copy to the Attorney General within 15 days of telling them.',
    source: 'Cal. Civ. Code § 1798.82(f) as amended by SB 446 (2025)',
    asOf,
  },
  {
    law: 'us_colorado',
    whom: 'people',
    name: 'Colorado',
    term: { days: 30 },
    duty: 'Tell residents within 30 days of the determination; the Attorney General too where there are 500 or more.',
    source: 'Colo. Rev. Stat. § 6-1-716(2)',
    asOf,
  },
  {
    law: 'us_florida',
    whom: 'people',
    name: 'Florida',
    term: { days: 30 },
    duty: 'Tell residents within 30 days of the determination; the Department of Legal Affairs too where there are 500 or more.',
    source: 'Fla. Stat. § 501.171(3)–(4)',
    asOf,
  },
  {
    law: 'us_new_york',
    whom: 'people',
    name: 'New York',
    term: { days: 30 },
    duty: 'Tell residents within 30 days of discovery, and the state agencies.',
    source: 'N.Y. Gen. Bus. Law § 899-aa(2) as amended in December 2024',
    asOf,
  },
  {
    law: 'us_texas',
    whom: 'people',
    name: 'Texas',
    term: { days: 60 },
    duty: 'Tell residents within 60 days of the determination.',
    source: 'Tex. Bus. & Com. Code § 521.053(b)',
    asOf,
  },
  {
    law: 'us_texas',
    whom: 'authority',
    name: 'Texas, Attorney General',
    term: { days: 30 },
    duty: 'Where 250 or more residents are affected: tell the Attorney General within 30 days.',
    source: 'Tex. Bus. & Com. Code § 521.053(i)',
    asOf,
  },
  {
    law: 'us_washington',
    whom: 'people',
    name: 'Washington',
    term: { days: 30 },
    duty: 'Tell residents within 30 days of discovery; the Attorney General too where there are more than 500.',
    source: 'RCW 19.255.010(7)–(8)',
    asOf,
  },
  {
    law: 'us_other',
    whom: 'people',
    name: 'Other states',
    term: 'withoutDelay',
    duty: 'Every state has a law: most want people told without unreasonable delay, some by a number of days. Look up the states of the people affected.',
    source: 'State breach statutes; not listed one by one',
    asOf,
  },
]

/** The laws that run unless somebody says otherwise: those of the place of the business. */
export function usualLaws(country: string | null, region: string): readonly BreachLaw[] {
  if (country === 'CA') return ['pipeda']
  if (region === 'EU') return ['gdpr']
  if (region === 'GB') return ['uk_gdpr']
  return country === 'US' || country === null ? ['us_other'] : ['gdpr']
}
