import type { SensitiveFieldKind, SensitiveGround } from '@frontdesk/contract'

/** What holds for one kind of sensitive field. Legal facts carry where to look them up, and are as remembered: nobody compared them yet, so ask counsel before leaning on one. */
export type KindFacts = {
  readonly kind: SensitiveFieldKind
  /** Written down only while the setting `tax_id.collect` says that tax law asks for it. */
  readonly taxId: boolean
  readonly grounds: readonly SensitiveGround[]
  readonly law: { readonly name: string; readonly source: string; readonly asOf: string } | null
  /** How long the tax office may ask for it, in days from when it was written down. */
  readonly statutoryDays: number | null
  /** A person's own copy holds it in full; of tax numbers it holds the mask, because a copy travels. */
  readonly copyInFull: boolean
}

const usTax = { taxId: true, grounds: ['tax_law'], statutoryDays: 1461, copyInFull: false } as const
const caTax = { taxId: true, grounds: ['tax_law'], statutoryDays: 2192, copyInFull: false } as const
const other = { taxId: false, law: null, statutoryDays: null, copyInFull: true } as const

/** Every kind there is, in the order of the screen. What is not here cannot be declared: origin, faith, opinion, union, sexual life, biometry, genes and crimes (GDPR Art. 9 and 10). */
export const sensitiveKinds: readonly KindFacts[] = [
  {
    kind: 'ssn',
    ...usTax,
    law: {
      name: 'Taxpayer numbers on information returns (Form W-9, 1099)',
      source: '26 USC 6109(a); records four years, 26 CFR 31.6001-1(e)(2)',
      asOf: '2026-01-01',
    },
  },
  {
    kind: 'ein',
    ...usTax,
    law: {
      name: 'Employer numbers on information returns (Form W-9, 1099)',
      source: '26 USC 6109(a); records four years, 26 CFR 31.6001-1(e)(2)',
      asOf: '2026-01-01',
    },
  },
  {
    kind: 'sin',
    ...caTax,
    law: {
      name: 'Social insurance numbers on information slips (T4A)',
      source: 'Income Tax Act (Canada) s. 237; records six years, s. 230(4)(b)',
      asOf: '2026-01-01',
    },
  },
  {
    kind: 'gst',
    ...caTax,
    law: {
      name: 'The supplier’s GST/HST number for input tax credits',
      source: 'SOR/91-45 s. 3(b); records six years, Excise Tax Act s. 286(3)',
      asOf: '2026-01-01',
    },
  },
  {
    kind: 'vat',
    ...caTax,
    statutoryDays: 3653,
    law: {
      name: 'VAT numbers on invoices',
      source: 'Directive 2006/112/EC, Art. 226; records up to ten years by member state, Art. 247',
      asOf: '2026-01-01',
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
      asOf: '2016-05-04',
    },
  },
]

/** The facts of one kind. */
export function factsOfKind(kind: SensitiveFieldKind): KindFacts {
  const found = sensitiveKinds.find((each) => each.kind === kind)
  if (!found) throw new Error(`There is no sensitive kind ${kind}.`)
  return found
}
