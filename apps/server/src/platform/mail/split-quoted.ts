/** Lines with which mail programs begin the mail they answer, in the languages our readers write. */
const beginnings: readonly RegExp[] = [
  /^\s*-{2,}\s*(original message|mensaje original|message d['’]origine|ursprüngliche nachricht|forwarded message)\s*-{2,}\s*$/i,
  /^\s*_{10,}\s*$/,
  /^\s*(on|am|le|el|em|il|den|op)\b.{4,200}\b(wrote|schrieb|a écrit|escribió|escreveu|ha scritto|skrev|schreef)(\s[^:]{0,200}<[^<>]+>)?\s*:\s*$/i,
  /^\s*\d{4}[-./]\d{1,2}[-./]\d{1,2}.{0,120}<[^<>\s]+@[^<>\s]+>\s*:?\s*$/,
  /^\s*>?\s*(from|von|de|da)\s*:\s.+@.+$/i,
]

export type SplitText = { readonly text: string; readonly quoted: string | null }

/**
 * Parts what somebody wrote from the mails quoted below. Careful rather than clever: when nothing would be left, or answers stand between the quoted lines, everything
 * stays as it is. The raw mail is kept in any case.
 */
export function splitQuoted(whole: string): SplitText {
  const lines = whole.replace(/\r\n/g, '\n').split('\n')
  const at = beginningOf(lines)
  if (at === undefined) return { text: whole.trim(), quoted: null }
  const text = lines.slice(0, at).join('\n').trim()
  const quoted = lines.slice(at).join('\n').trim()
  return text === '' || hasAnswersBetween(lines.slice(at)) ? { text: whole.trim(), quoted: null } : { text, quoted }
}

/** Somebody answered line by line: own words stand below quoted ones. */
function hasAnswersBetween(lines: readonly string[]): boolean {
  const firstQuoted = lines.findIndex((line) => line.startsWith('>'))
  return firstQuoted >= 0 && lines.slice(firstQuoted).some((line) => line.trim() !== '' && !line.startsWith('>'))
}

function beginningOf(lines: readonly string[]): number | undefined {
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    // "On Monday, somebody with a long address" breaks over two lines in many programs.
    const joined = `${line} ${lines[index + 1] ?? ''}`
    if (beginnings.some((pattern) => pattern.test(line))) return index
    if (/^\s*(on|am|le|el|em)\b/i.test(line) && beginnings[2]?.test(joined.trim())) return index
    if (/^>/.test(line) && lines.slice(index).every((rest) => /^>|^\s*$/.test(rest))) return index
  }
  return undefined
}

/** A readable text of an HTML mail without a text part: tags go, line breaks stay. */
export function textOfHtml(html: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }
  return html
    .replace(/<(script|style|head|title)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<blockquote\b/gi, '\n> <blockquote')
    .replace(/<(br|\/p|\/div|\/tr|\/li|\/h[1-6]|\/blockquote)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d{1,7});/g, (_, code: string) => letterOf(Number(code)))
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, code: string) => letterOf(Number.parseInt(code, 16)))
    .replace(/&(\w+);/g, (whole, name: string) => entities[name.toLowerCase()] ?? whole)
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const letterOf = (code: number): string =>
  code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ''
