import { type CountryCode, getCountries, getCountryCallingCode, Metadata } from 'libphonenumber-js'

/** What the numbering plan of one country says about the length of its numbers and about the prefix that only dials within it. */
export type PhonePlan = {
  readonly callingCode: string
  readonly lengths: ReadonlySet<number>
  /** What the library strips from numbers of this country, at their beginning. */
  readonly prefix: RegExp | undefined
  /** The same where it is one digit and nothing is put in its place. */
  readonly plainPrefix: string | undefined
  readonly pattern: RegExp
  /** What dials abroad from there. */
  readonly abroad: RegExp | undefined
}

/** What the library knows beyond what its types tell. */
type FullPlan = {
  possibleLengths(): readonly number[]
  nationalPrefixForParsing(): string | undefined
  nationalPrefixTransformRule(): string | undefined
  nationalNumberPattern(): string
  IDDPrefix(): string | undefined
}

const plans = new Map<CountryCode, PhonePlan>()

/** The numbering plan of a country, from the library's metadata. */
export function phonePlan(country: CountryCode): PhonePlan {
  const known = plans.get(country)
  if (known) return known
  const metadata = new Metadata()
  metadata.selectNumberingPlan(country)
  const full = metadata.numberingPlan as unknown as FullPlan
  const prefix = full.nationalPrefixForParsing()
  const abroad = full.IDDPrefix()
  const plan = {
    callingCode: getCountryCallingCode(country),
    lengths: new Set(full.possibleLengths()),
    prefix: prefix === undefined ? undefined : new RegExp(`^(?:${prefix})`),
    plainPrefix: prefix !== undefined && /^\d$/.test(prefix) && full.nationalPrefixTransformRule() === undefined ? prefix : undefined,
    abroad: abroad === undefined ? undefined : new RegExp(`^(?:${abroad})`),
    pattern: new RegExp(`^(?:${full.nationalNumberPattern()})$`),
  }
  plans.set(country, plan)
  return plan
}

let sharers: Map<string, PhonePlan[]> | undefined

/** The plans of all countries that share a calling code. */
export function plansOf(callingCode: string): readonly PhonePlan[] {
  if (sharers === undefined) {
    sharers = new Map()
    for (const country of getCountries()) {
      const plan = phonePlan(country)
      sharers.set(plan.callingCode, [...(sharers.get(plan.callingCode) ?? []), plan])
    }
  }
  return sharers.get(callingCode) ?? []
}
