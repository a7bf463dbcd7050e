/** Currencies by country (ISO 3166-1 alpha-2, ISO 4217); the euro countries stand in one line. For a first guess that a person can change. */
const currencies: Readonly<Record<string, string>> = {
  EUR: 'AD AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK GF GP MQ RE YT BL MF PM',
  USD: 'US PR GU VI AS MP UM EC SV PA TL ZW BQ VG TC FM MH PW',
  GBP: 'GB IM JE GG',
  CAD: 'CA',
  MXN: 'MX',
  AUD: 'AU KI NR TV',
  NZD: 'NZ CK NU TK',
  CHF: 'CH LI',
  SEK: 'SE',
  NOK: 'NO SJ',
  DKK: 'DK GL FO',
  PLN: 'PL',
  CZK: 'CZ',
  HUF: 'HU',
  RON: 'RO',
  BGN: 'BG',
  ISK: 'IS',
  TRY: 'TR',
  UAH: 'UA',
  ILS: 'IL PS',
  AED: 'AE',
  SAR: 'SA',
  EGP: 'EG',
  MAD: 'MA EH',
  ZAR: 'ZA LS NA SZ',
  NGN: 'NG',
  KES: 'KE',
  GHS: 'GH',
  XOF: 'BJ BF CI GW ML NE SN TG',
  XAF: 'CM CF CG GA GQ TD',
  INR: 'IN',
  PKR: 'PK',
  BDT: 'BD',
  LKR: 'LK',
  JPY: 'JP',
  KRW: 'KR',
  CNY: 'CN',
  HKD: 'HK',
  TWD: 'TW',
  SGD: 'SG',
  MYR: 'MY',
  THB: 'TH',
  IDR: 'ID',
  PHP: 'PH',
  VND: 'VN',
  BRL: 'BR',
  ARS: 'AR',
  CLP: 'CL',
  COP: 'CO',
  PEN: 'PE',
  UYU: 'UY',
  PYG: 'PY',
  BOB: 'BO',
  VES: 'VE',
  CRC: 'CR',
  GTQ: 'GT',
  HNL: 'HN',
  NIO: 'NI',
  DOP: 'DO',
  CUP: 'CU',
  JMD: 'JM',
  TTD: 'TT',
  XPF: 'PF NC WF',
}

const byCountry = new Map(
  Object.entries(currencies).flatMap(([currency, countries]) => countries.split(' ').map((country) => [country, currency] as const)),
)

/** Every currency of the table, for a picker. */
export const knownCurrencies: readonly string[] = Object.keys(currencies)

/** Every country of the table, for a picker. */
export const knownCountries: readonly string[] = [...byCountry.keys()]

/** Where somebody probably works, and in which money. */
export type Region = { readonly country: string; readonly currency: string }

/**
 * Guesses country and currency from what the browser says. The clock knows better than the language where a computer stands, so of the languages' countries the
 * first one that has this time zone wins, then any country that has it, then the first language.
 */
export function guessRegion(
  tags: readonly string[],
  zone: string,
  zonesOf: (country: string) => readonly string[] = zonesOfCountry,
): Region {
  const spoken = tags.flatMap((tag) => countryOf(tag) ?? [])
  const here = [...spoken, ...byCountry.keys()].find((country) => zonesOf(country).includes(zone))
  const country = here ?? spoken[0] ?? 'US'
  return { country, currency: byCountry.get(country) ?? 'USD' }
}

function countryOf(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).maximize().region
  } catch {
    return undefined
  }
}

type WithZones = Intl.Locale & { readonly getTimeZones?: () => readonly string[] | undefined; readonly timeZones?: readonly string[] }

/** The zones of a country, where the browser knows them. */
function zonesOfCountry(country: string): readonly string[] {
  const locale: WithZones = new Intl.Locale(`und-${country}`)
  return locale.getTimeZones?.() ?? locale.timeZones ?? []
}
