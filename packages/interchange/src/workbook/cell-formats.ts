/** How a number is shown, as far as it says what the number is. */
export type CellFormat =
  | { readonly kind: 'number' }
  | { readonly kind: 'date'; readonly time: boolean; readonly day: boolean }
  | { readonly kind: 'zeros'; readonly digits: number }

const plainNumber: CellFormat = { kind: 'number' }

/** The built-in formats that show days and times (ECMA-376 Part 1, 18.8.30); 27 to 36 and 50 to 58 do in East Asian workbooks. */
const builtIn: readonly (readonly [number, number, CellFormat])[] = [
  [14, 17, { kind: 'date', time: false, day: true }],
  [18, 21, { kind: 'date', time: true, day: false }],
  [22, 22, { kind: 'date', time: true, day: true }],
  [27, 31, { kind: 'date', time: false, day: true }],
  [32, 35, { kind: 'date', time: true, day: false }],
  [36, 36, { kind: 'date', time: false, day: true }],
  [45, 47, { kind: 'date', time: true, day: false }],
  [50, 58, { kind: 'date', time: false, day: true }],
]

/** What a format is, by its number and its code where it is not built in. */
export function cellFormat(id: number, code: string | undefined): CellFormat {
  if (code === undefined) return builtIn.find(([from, to]) => id >= from && id <= to)?.[2] ?? plainNumber
  // Without texts, colours and conditions: [Red], [$-409], but not [h], which counts hours.
  const bare =
    code
      .replace(/"[^"]*"|\\.|_.|\*./g, '')
      .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
      .split(';')[0]
      ?.toLowerCase() ?? ''
  if (/^0{2,}$/.test(bare)) return { kind: 'zeros', digits: bare.length }
  if (bare.includes('general') || !/[ymdhs]/.test(bare)) return plainNumber
  return { kind: 'date', time: /[hs]/.test(bare), day: /[yd]/.test(bare) || !/[hs]/.test(bare) }
}

/** A number of a sheet as text: a day as ISO 8601, a plain number with a full stop, with the zeros in front that its format shows (postal codes). */
export function numberText(value: string, format: CellFormat, from1904: boolean): string {
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  if (format.kind === 'date') return dayText(number, format, from1904) ?? plainText(number)
  const text = plainText(number)
  return format.kind === 'zeros' && /^\d+$/.test(text) ? text.padStart(format.digits, '0') : text
}

/** As a spreadsheet shows it: fifteen digits, no exponent where a whole number fits. */
const plainText = (number: number): string => (Number.isSafeInteger(number) ? String(number) : String(Number(number.toPrecision(15))))

const msPerDay = 86_400_000
/** 1970-01-01 as the serial number of a day, in workbooks that count from 1900 and from 1904. */
const epoch = { from1900: 25_569, from1904: 24_107 }

function dayText(serial: number, { time, day }: { readonly time: boolean; readonly day: boolean }, from1904: boolean): string | undefined {
  if (serial < 0 || serial > 2_958_465.999_99) return undefined
  // Excel believes that there was a 29 February 1900, so that its first two months are a day off.
  const shifted = from1904 ? serial - epoch.from1904 : serial - epoch.from1900 + (serial < 60 ? 1 : 0)
  const ms = Math.round((shifted * msPerDay) / 1000) * 1000
  const [date = '', clock = ''] = Temporal.Instant.fromEpochMilliseconds(ms).toString().replace('Z', '').split('T')
  if (serial < 1 && !day) return clock
  return time && clock !== '00:00:00' ? `${date}T${clock}` : date
}
