import type { SensitiveFieldKind, SensitiveGround } from '@frontdesk/contract'

/** What holds for one kind of sensitive field. Legal facts carry where to look them up and what they were compared with on `asOf`; ask counsel before leaning on one. */
export type KindFacts = {
  readonly kind: SensitiveFieldKind
  /** Written down only while the setting `tax_id.collect` says that tax law asks for it. */
  readonly taxId: boolean
  readonly grounds: readonly SensitiveGround[]
  readonly law: { readonly name: string; readonly source: string; readonly compared: string; readonly asOf: string } | null
  /** How long the tax office may ask for it: years after the end of the tax year in which it was written down, because that is where the laws begin to count. */
  readonly statutoryYears: number | null
  /** A person's own copy holds it in full; of tax numbers it holds the mask, because a copy travels. */
  readonly copyInFull: boolean
}

const asOf = '2026-11-30'
// Three years from the due date of the return, which is in the year after: four after the end of the tax year hold that. Forms of backup withholding stay a year longer, in the books.
const usTax = { taxId: true, grounds: ['tax_law'], statutoryYears: 4, copyInFull: false } as const
const caTax = { taxId: true, grounds: ['tax_law'], statutoryYears: 6, copyInFull: false } as const
const other = { taxId: false, law: null, statutoryYears: null, copyInFull: true } as const
const informationReturns = {
  source:
    '26 USC 6109(a); copies three years from the due date, four with backup withholding: IRS, General Instructions for Certain Information Returns',
  compared:
    'irs.gov, Basic Recordkeeping (three years for Forms W-9 and 1099); docs.oracle.com on Publication 1220 (three, four with backup withholding)',
  asOf,
} as const

/** Every kind there is, in the order of the screen. What is not here cannot be declared: origin, faith, opinion, union, sexual life, biometry, genes and crimes (GDPR Art. 9 and 10). */
export const sensitiveKinds: readonly KindFacts[] = [
  { kind: 'ssn', ...usTax, law: { name: 'Taxpayer numbers on information returns (Form W-9, 1099)', ...informationReturns } },
  { kind: 'ein', ...usTax, law: { name: 'Employer numbers on information returns (Form W-9, 1099)', ...informationReturns } },
  {
    kind: 'sin',
    ...caTax,
    law: {
      name: 'Social insurance numbers on information slips (T4A)',
      source: 'Income Tax Act (Canada) s. 237; records six years from the end of the tax year, s. 230(4)(b)',
      compared: 'bevanandpartners.ca and cantaxes.ca on what the Canada Revenue Agency says; s. 237 as remembered',
      asOf,
    },
  },
  {
    kind: 'gst',
    ...caTax,
    law: {
      name: 'The supplier’s GST/HST number for input tax credits, from 100 dollars on',
      source: 'SOR/91-45 s. 3(b)(i); records six years after the end of the year, Excise Tax Act s. 286(3)',
      compared: 'laws-lois.justice.gc.ca, both texts; taxandtradelaw.com for the amounts since 2021',
      asOf,
    },
  },
  {
    kind: 'vat',
    ...caTax,
    statutoryYears: 10,
    law: {
      name: 'VAT numbers on invoices',
      source:
        'Directive 2006/112/EC, Art. 226(3)–(4); how long is for each member state to say, Art. 247; ten years is the longest we know of',
      compared: 'betterregulation.com, the text of Art. 226; legislation.gov.uk for the storage of invoices; the ten years as remembered',
      asOf,
    },
  },
  { kind: 'insurance_number', ...other, grounds: ['contract', 'legal_obligation'] },
  { kind: 'government_id', ...other, grounds: ['legal_obligation', 'contract'] },
  { kind: 'bank_account', ...other, grounds: ['contract'] },
  {
    kind: 'health',
    ...other,
    grounds: ['explicit_consent', 'legal_obligation'],
    law: {
      name: 'Health data need an explicit consent or a law',
      source: 'Regulation (EU) 2016/679, Art. 9(2)(a) and (h)',
      compared: 'as remembered',
      asOf,
    },
  },
]

/** The facts of one kind. */
export function factsOfKind(kind: SensitiveFieldKind): KindFacts {
  const found = sensitiveKinds.find((each) => each.kind === kind)
  if (!found) throw new Error(`There is no sensitive kind ${kind}.`)
  return found
}
