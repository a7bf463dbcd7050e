/** A size as people read it: whole kilobytes, then megabytes with one digit. In steps of a thousand, as file managers and phones count. */
export function writtenSize(bytes: number, tag: string): string {
  const [unit, value, digits] =
    bytes < 1_000_000 ? ['kilobyte', Math.max(1, Math.round(bytes / 1000)), 0] : ['megabyte', bytes / 1_000_000, 1]
  return new Intl.NumberFormat(tag, { style: 'unit', unit: unit as string, maximumFractionDigits: digits as number }).format(
    value as number,
  )
}
