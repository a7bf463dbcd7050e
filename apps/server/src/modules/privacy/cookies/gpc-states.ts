/**
 * One state whose law makes a business honour the signal of a browser. `from` is the day since which it must; `source` is where its text or its agency is; `compared` what the row was compared
 * with. `read`: with the text of the law; `surveyed`: with what the agency or practitioners who name the section say of it; `as_remembered`: with nothing, so section and day may be wrong.
 */
export type GpcState = {
  readonly state: string
  readonly law: string
  readonly source: string
  readonly from: string
  readonly compared: string
  readonly certainty: 'as_remembered' | 'surveyed' | 'read'
}

/** When this list was compared, with stored copies of what each row names. Not legal advice: counsel must check it. */
export const gpcStatesAsOf = '2026-11-30'

/**
 * States of the United States in which Global Privacy Control (or any universal opt-out signal) has to be honoured. The same twelve are named by practitioners' surveys of 2026 (cookiebeam.com). Nothing
 * hangs on a single row: the signal counts for everybody who may live anywhere in the United States, whatever the setting says, so a state that is missing or wrong here changes nothing for its people.
 */
export const gpcStates: readonly GpcState[] = [
  {
    state: 'CA',
    law: 'Cal. Code Regs. tit. 11, § 7025',
    source: 'https://cppa.ca.gov/regulations/',
    from: '2023-03-29',
    compared: 'dwt.com and businesswire.com on the approval of the regulations',
    certainty: 'surveyed',
  },
  {
    state: 'CO',
    law: 'C.R.S. 6-1-1306(1)(a)(IV)(B); 4 CCR 904-3, Part 5',
    source: 'https://coag.gov/opt-out/',
    from: '2024-07-01',
    compared: 'mondaq 1485232 and 1496022; C.R.S. 6-1-1313',
    certainty: 'surveyed',
  },
  {
    state: 'CT',
    law: 'Conn. Gen. Stat. § 42-520(e)',
    source: 'https://portal.ct.gov/ag',
    from: '2025-01-01',
    compared: 'the Attorney General’s notice of January 2025',
    certainty: 'surveyed',
  },
  {
    state: 'DE',
    law: '6 Del. C. § 12D-106(e)',
    source: 'https://delcode.delaware.gov/title6/c012d/',
    from: '2026-01-01',
    compared: 'recordinglaw.com, pirg.org',
    certainty: 'surveyed',
  },
  {
    state: 'MD',
    law: 'Md. Code, Com. Law § 14-4707(f)(3)(ii), as one of two ways to opt out',
    source: 'https://mgaleg.maryland.gov/',
    from: '2025-10-01',
    compared: 'the text of the Act; koleyjessen.com',
    certainty: 'read',
  },
  {
    state: 'MN',
    law: 'Minn. Stat. § 325M.14',
    source: 'https://www.revisor.mn.gov/statutes/cite/325M.14',
    from: '2025-07-31',
    compared: 'koleyjessen.com, whitecase.com for the day',
    certainty: 'surveyed',
  },
  {
    state: 'MT',
    law: 'Mont. Code § 30-14-2809(3)(b)',
    source: 'https://leg.mt.gov/bills/mca/',
    from: '2025-01-01',
    compared: 'the text',
    certainty: 'read',
  },
  {
    state: 'NE',
    law: 'Neb. Rev. Stat. § 87-1111(5)–(6)',
    source: 'https://nebraskalegislature.gov/laws/',
    from: '2025-01-01',
    compared: 'the text',
    certainty: 'read',
  },
  {
    state: 'NH',
    law: 'N.H. RSA 507-H:6',
    source: 'https://gc.nh.gov/rsa/html/',
    from: '2025-01-01',
    compared: 'recordinglaw.com, measuredcollective.com for the day; the paragraph was not found',
    certainty: 'surveyed',
  },
  {
    state: 'NJ',
    law: 'N.J.S.A. 56:8-166.11(b)(1)',
    source: 'https://www.njconsumeraffairs.gov/',
    from: '2025-07-15',
    compared: 'the text',
    certainty: 'read',
  },
  {
    state: 'OR',
    law: 'ORS 646A.578(5)(c)',
    source: 'https://www.oregonlegislature.gov/bills_laws/ors/',
    from: '2026-01-01',
    compared: 'the text; the Attorney General’s notice of January 2026 for the day',
    certainty: 'read',
  },
  {
    state: 'TX',
    law: 'Tex. Bus. & Com. Code § 541.055(e)',
    source: 'https://statutes.capitol.texas.gov/',
    from: '2025-01-01',
    compared: 'the text',
    certainty: 'read',
  },
]

/**
 * Whether the signal counts for this reader. Where the setting says to ignore it, it still counts for everybody who may live in one of these states: that is everybody of whom
 * nobody says that she is outside of the United States.
 */
export const gpcCounts = (setting: 'honor' | 'ignore', country: string | undefined): boolean =>
  setting === 'honor' || country === undefined || country === 'US'
