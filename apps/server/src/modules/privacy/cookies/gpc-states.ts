/**
 * One state whose law makes a business honour the signal of a browser. `from` is the day since which it must; `source` is where to look it up. `as_remembered`: written down from
 * general knowledge and not compared with the source, so the section and the day may be wrong; `read`: compared with the source on the day of the list.
 */
export type GpcState = {
  readonly state: string
  readonly law: string
  readonly source: string
  readonly from: string
  readonly certainty: 'as_remembered' | 'read'
}

/** When this list was written. Nobody compared it with its sources yet: counsel must check it. */
export const gpcStatesAsOf = '2026-11-29'

/**
 * States of the United States in which Global Privacy Control (or any universal opt-out signal) has to be honoured, as remembered. Nothing hangs on a single row: the signal counts
 * for everybody who may live anywhere in the United States, whatever the setting says, so a state that is missing or wrong here changes nothing for its people.
 */
export const gpcStates: readonly GpcState[] = [
  {
    state: 'CA',
    law: 'Cal. Code Regs. tit. 11, § 7025',
    source: 'https://cppa.ca.gov/regulations/',
    from: '2023-03-29',
    certainty: 'as_remembered',
  },
  { state: 'CO', law: 'C.R.S. 6-1-1306(1)(a)(IV)(B)', source: 'https://coag.gov/opt-out/', from: '2024-07-01', certainty: 'as_remembered' },
  { state: 'CT', law: 'Conn. Gen. Stat. § 42-520(e)', source: 'https://portal.ct.gov/ag', from: '2025-01-01', certainty: 'as_remembered' },
  {
    state: 'DE',
    law: '6 Del. C. § 12D-106(e)',
    source: 'https://delcode.delaware.gov/title6/c012d/',
    from: '2026-01-01',
    certainty: 'as_remembered',
  },
  {
    state: 'MD',
    law: 'Md. Code, Com. Law § 14-4707',
    source: 'https://mgaleg.maryland.gov/',
    from: '2025-10-01',
    certainty: 'as_remembered',
  },
  {
    state: 'MN',
    law: 'Minn. Stat. § 325M.14',
    source: 'https://www.revisor.mn.gov/statutes/cite/325M',
    from: '2025-07-31',
    certainty: 'as_remembered',
  },
  { state: 'MT', law: 'Mont. Code § 30-14-2809', source: 'https://leg.mt.gov/bills/mca/', from: '2025-01-01', certainty: 'as_remembered' },
  {
    state: 'NE',
    law: 'Neb. Rev. Stat. § 87-1115',
    source: 'https://nebraskalegislature.gov/laws/',
    from: '2025-01-01',
    certainty: 'as_remembered',
  },
  { state: 'NH', law: 'N.H. RSA 507-H:6', source: 'https://gc.nh.gov/rsa/html/', from: '2025-01-01', certainty: 'as_remembered' },
  {
    state: 'NJ',
    law: 'N.J.S.A. 56:8-166.11',
    source: 'https://www.njconsumeraffairs.gov/',
    from: '2025-07-15',
    certainty: 'as_remembered',
  },
  {
    state: 'OR',
    law: 'ORS 646A.578',
    source: 'https://www.oregonlegislature.gov/bills_laws/ors/',
    from: '2026-01-01',
    certainty: 'as_remembered',
  },
  {
    state: 'TX',
    law: 'Tex. Bus. & Com. Code § 541.055(e)',
    source: 'https://statutes.capitol.texas.gov/',
    from: '2025-01-01',
    certainty: 'as_remembered',
  },
]

/**
 * Whether the signal counts for this reader. Where the setting says to ignore it, it still counts for everybody who may live in one of these states: that is everybody of whom
 * nobody says that she is outside of the United States.
 */
export const gpcCounts = (setting: 'honor' | 'ignore', country: string | undefined): boolean =>
  setting === 'honor' || country === undefined || country === 'US'
