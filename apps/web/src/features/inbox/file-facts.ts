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
