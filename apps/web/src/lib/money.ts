/** How many decimals a currency has (ISO 4217): two for USD, none for JPY, three for KWD. */
export function currencyDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/**
 * Minor units (cents) of an amount as somebody types it, `60`, `60.5`, `1,200.00` or `1.200,00`; nothing for what is no amount, is negative, or has more decimals
 * than the currency. The last separator with fewer than three digits behind it parts the decimals, in every language.
 */
export function minorUnits(typed: string, currency: string): string | undefined {
  const digits = currencyDigits(currency)
  const text = typed.replace(/[\s\u00a0\u202f'’]/g, '')
  const match = /^(?<whole>\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](?<part>\d*))?$/.exec(text)
  if (!match?.groups) return undefined
  const whole = (match.groups.whole ?? '').replace(/[.,]/g, '')
  const part = match.groups.part ?? ''
  if (part.length > digits) return undefined
  const minor = BigInt(whole + part.padEnd(digits, '0')).toString()
  return minor.length > 15 ? undefined : minor
}

/** An amount as it is typed, from minor units: `6050` USD becomes `60.50`, `6000` becomes `60`. */
export function typedAmount(minor: string, currency: string): string {
  const digits = currencyDigits(currency)
  if (digits === 0) return minor
  const padded = minor.padStart(digits + 1, '0')
  const part = padded.slice(-digits)
  return /^0+$/.test(part) ? padded.slice(0, -digits) : `${padded.slice(0, -digits)}.${part}`
}
