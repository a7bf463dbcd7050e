/** An amount of money in the smallest unit of its currency, as in the API. */
export type Amount = { readonly minor: string; readonly currency: string }

const plain = /^[-+]?(?:\d+|\d{1,3}(?:[ '\u00a0\u202f\u2019.,]\d{3})+)(?:[.,]\d*)?$/

/** No number that means something is longer. */
const mostChars = 60
const simple = /^(?:0|[1-9]\d{0,14})$/

/** A number as digits with a full stop for the decimals; undefined where it is none. `decimal` is the column's. */
export function readNumber(cell: string, decimal: '.' | ','): string | undefined {
  let text = cell.trim()
  if (simple.test(text)) return text
  if (text.length > mostChars) return undefined
  // Accountants: (5) and 5- are less than nothing.
  const bracketed = /^\((.+)\)$/.exec(text)?.[1] ?? /^(.*\d)\s?-$/.exec(text)?.[1]
  if (bracketed !== undefined) text = `-${bracketed}`
  text = text.replace(/^([-+])\s+/, '$1').replace(/\s?%$/, '')
  if (!plain.test(text)) return undefined
  const at = text.lastIndexOf(decimal)
  const [whole, part = ''] = at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
  if (!/^\d*$/.test(part)) return undefined
  const groups = whole.replace(/^[-+]/, '').split(/[ '\u00a0\u202f\u2019.,]/)
  // 1.5 in a column of decimal commas is not 15.
  if (groups.slice(1).some((group) => group.length !== 3)) return undefined
  const digits = groups.join('').replace(/^0+(?=\d)/, '')
  const decimals = part.replace(/0+$/, '')
  const number = `${digits === '' ? '0' : digits}${decimals === '' ? '' : `.${decimals}`}`
  return whole.startsWith('-') && number !== '0' ? `-${number}` : number
}

const symbols: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  US$: 'USD',
  C$: 'CAD',
  CA$: 'CAD',
  MX$: 'MXN',
  R$: 'BRL',
  Fr: 'CHF',
  zł: 'PLN',
}
const money =
  /^([-+(]?)\s*(\p{Lu}{3}|(?:US|CA?|MX|R)?\$|[€£¥₹]|Fr\.?|zł)?\s*([-+]?[\d.,'\s\u2019]*\d[.,]?)\s*(\p{Lu}{3}|(?:US|CA?|MX|R)?\$|[€£¥₹]|Fr\.?|zł)?\s*(\)?-?)$/u
/** What most amounts look like. */
const plainMoney = /^\$?(0|[1-9]\d{0,11})(?:([.,])(\d{1,2}))?$/
const decimalsOf = new Map<string, number | undefined>()

/** How many decimals a currency has (ISO 4217); undefined where there is no such currency. */
function currencyDecimals(currency: string): number | undefined {
  if (!decimalsOf.has(currency)) {
    const isKnown = Intl.supportedValuesOf('currency').includes(currency)
    const format = isKnown ? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions() : undefined
    decimalsOf.set(currency, format?.maximumFractionDigits)
  }
  return decimalsOf.get(currency)
}

/** Reads an amount; "$" and amounts without a currency are in `currency` (ISO 4217). */
export function readAmount(cell: string, decimal: '.' | ',', currency: string | undefined): Amount | 'not_an_amount' | 'currency_unknown' {
  const [, units, point, cents = ''] = plainMoney.exec(cell) ?? []
  if (units !== undefined && currency !== undefined && (point === undefined || point === decimal) && currencyDecimals(currency) === 2) {
    return { minor: `${units === '0' ? '' : units}${cents.padEnd(2, '0')}`.replace(/^0(?=\d)/, ''), currency }
  }
  if (cell.length > mostChars) return 'not_an_amount'
  const [, before = '', first, digits = '', last, after = ''] = money.exec(cell.trim()) ?? []
  if (digits === '' || (first !== undefined && last !== undefined && first !== last)) return 'not_an_amount'
  const sign = first ?? last
  const named = sign === undefined || sign === '$' ? currency : (symbols[sign.replace('.', '')] ?? sign)
  const decimals = named === undefined ? undefined : currencyDecimals(named)
  if (named === undefined || decimals === undefined) return 'currency_unknown'
  const number = readNumber(`${before}${digits}${after}`, decimal)
  if (number === undefined) return 'not_an_amount'
  const [whole = '0', part = ''] = number.split('.')
  if (part.length > decimals) return 'not_an_amount'
  const minor = `${whole}${part.padEnd(decimals, '0')}`.replace(/^(-?)0+(?=\d)/, '$1')
  return { minor: minor === '-0' ? '0' : minor, currency: named }
}
