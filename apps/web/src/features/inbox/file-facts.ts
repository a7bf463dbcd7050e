/** What media types are called where people talk about them. */
const kinds: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
  'image/heic': 'HEIC',
  'image/svg+xml': 'SVG',
  'text/html': 'HTML',
  'text/csv': 'CSV',
  'text/calendar': 'ICS',
  'text/vcard': 'vCard',
  'application/zip': 'ZIP',
  'application/x-msdownload': 'EXE',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PPTX',
}

/** What a file is, by its content; by the ending of its name where that is all there is to say; otherwise nothing. */
export function fileKind({ name, type }: { readonly name: string; readonly type: string }): string {
  const known = kinds[type.split(';')[0]?.trim().toLowerCase() ?? '']
  return known ?? /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? ''
}

/** A size as people read it: whole kilobytes, then megabytes with one digit. In steps of a thousand, as file managers and phones count. */
export function writtenSize(bytes: number, tag: string): string {
  const [unit, value, digits] =
    bytes < 1_000_000 ? ['kilobyte', Math.max(1, Math.round(bytes / 1000)), 0] : ['megabyte', bytes / 1_000_000, 1]
  return new Intl.NumberFormat(tag, { style: 'unit', unit: unit as string, maximumFractionDigits: digits as number }).format(
    value as number,
  )
}
