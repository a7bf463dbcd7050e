/** States and territories of the United States, provinces of Canada, by the codes that post offices use. */
const names: { readonly [country in 'US' | 'CA']: string } = {
  US: `AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|PR Puerto Rico|GU Guam|VI Virgin Islands`,
  CA: `AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon`,
}

const codesOf = (country: 'US' | 'CA'): ReadonlyMap<string, string> =>
  new Map(
    names[country].split('|').flatMap((entry) => {
      const code = entry.slice(0, 2)
      return [
        [code, code],
        [entry.slice(3).toUpperCase(), code],
      ] as const
    }),
  )
const known = { US: codesOf('US'), CA: codesOf('CA') }
const postalCode = { US: /^\d{5}(-\d{4})?$/, CA: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/ }
const countryNames = { US: /[,\s]+(USA?|U\.S\.A\.|UNITED STATES( OF AMERICA)?)\.?$/, CA: /[,\s]+CANADA$/ }

/**
 * The state or province of an address as people write it: what stands before the postal code, or at the end. ISO 3166-2 (`US-ME`). Null where it does not say so plainly: then it counts as
 * unknown, which is the stricter side.
 */
export function regionOfAddress(address: string | null, country: string | null): string | null {
  if (address === null || (country !== 'US' && country !== 'CA')) return null
  const text = address
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toUpperCase()
    .replace(/\s*\n\s*/g, ', ')
    .trim()
    .replace(countryNames[country], '')
  const parts = text.split(/\s*,\s*/).filter((part) => part !== '')
  // "Portland, ME 04101", "Portland, Maine", "Portland, ME, 04101": the last part is the code, the region, or both.
  const last = parts.at(-1) ?? ''
  const at = postalCode[country].test(last) ? parts.length - 2 : parts.length - 1
  const part = at === parts.length - 1 ? withoutPostalCode(last, country) : (parts[at] ?? '')
  const named = known[country].get(part)
  // Towns are called like states: a name in full counts only behind street and town.
  const region = named !== undefined && (part.length === 2 || at >= 2) ? named : endingWith(part, country)
  return region === undefined ? null : `${country}-${region}`
}

function withoutPostalCode(part: string, country: 'US' | 'CA'): string {
  const words = part.split(' ')
  for (const count of country === 'CA' ? [2, 1] : [1]) {
    if (words.length > count && postalCode[country].test(words.slice(-count).join(' '))) return words.slice(0, -count).join(' ')
  }
  return part
}

/** "PORTLAND ME", without a comma: only the two letters, because names of states are names of towns as well. */
function endingWith(part: string, country: 'US' | 'CA'): string | undefined {
  const word = part.split(' ').at(-1) ?? ''
  return word.length === 2 && part.includes(' ') ? known[country].get(word) : undefined
}
