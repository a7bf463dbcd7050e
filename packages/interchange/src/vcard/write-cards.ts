import type { Person, PostalAddress } from '../people/person.ts'

/** The versions that are written. 3.0 is what most telephones and programs read. */
export type WrittenVersion = '3.0' | '4.0'

const pieceChars = 65_536

/** Writes persons as vCards (RFC 2426 or RFC 6350), piece by piece. Fields of the business's own have no place in a card and are left out. */
export async function* writeCards(
  people: AsyncIterable<Person> | Iterable<Person>,
  version: WrittenVersion = '3.0',
): AsyncGenerator<Uint8Array> {
  let waiting = ''
  for await (const person of people) {
    waiting += writeCard(person, version)
    if (waiting.length < pieceChars) continue
    yield Buffer.from(waiting)
    waiting = ''
  }
  if (waiting !== '') yield Buffer.from(waiting)
}

/** One person as a card. */
export function writeCard(person: Person, version: WrittenVersion): string {
  const lines: string[] = ['BEGIN:VCARD', `VERSION:${version}`]
  const add = (name: string, value: string | null) => {
    if (value !== null && value !== '') lines.push(`${name}:${value}`)
  }
  const names = [person.familyName, person.givenName, person.middleName, person.namePrefix, person.nameSuffix]
  // A card without a name is none (RFC 6350 §6.2.1).
  const [email] = person.emails
  const [phone] = person.phones
  lines.push(`FN:${escaped(person.name || person.company || email?.value || phone?.value || '-')}`)
  if (version === '3.0' || names.some((part) => part !== null)) lines.push(`N:${names.map(escapedPart).join(';')}`)
  add('NICKNAME', escapedPart(person.nickname))
  if (person.company !== null || person.department !== null)
    add(
      'ORG',
      [person.company, person.department]
        .filter((part, index) => index === 0 || part !== null)
        .map(escapedPart)
        .join(';'),
    )
  add('TITLE', escapedPart(person.jobTitle))
  let group = 0
  /** A property with its label: one of the known types, or the label itself in a group of its own, as Apple and Google do. */
  const addLabelled = (name: string, label: string | null, value: string, params = '') => {
    const type = label === null ? '' : (types[label] ?? undefined)
    if (type !== undefined) lines.push(`${name}${params}${type === '' ? '' : `;TYPE=${type}`}:${value}`)
    else {
      group += 1
      lines.push(`item${group}.${name}${params}:${value}`, `item${group}.X-ABLabel:${escaped(label ?? '')}`)
    }
  }
  for (const { asTyped, label } of person.emails) addLabelled('EMAIL', label, escaped(asTyped))
  for (const { value, label, extension } of person.phones) {
    if (version === '4.0') addLabelled('TEL', label, `tel:${value}${extension === null ? '' : `;ext=${extension}`}`, ';VALUE=uri')
    else addLabelled('TEL', label, `${value}${extension === null ? '' : ` x${extension}`}`)
  }
  for (const address of person.addresses) addLabelled('ADR', address.label, addressValue(address), addressText(address))
  for (const { value, label } of person.websites) addLabelled('URL', label, version === '4.0' ? value : escaped(value))
  // RFC 9554 §3.4; Apple's property before it.
  for (const { service, value } of person.profiles ?? [])
    lines.push(
      version === '4.0'
        ? `SOCIALPROFILE;SERVICE-TYPE=${service};VALUE=text:${escaped(value)}`
        : `X-SOCIALPROFILE;type=${service.toLowerCase()}:${escaped(value)}`,
    )
  if (person.birthday !== null) lines.push(dayLine('BDAY', person.birthday, version))
  if (person.anniversary !== null) lines.push(dayLine(version === '4.0' ? 'ANNIVERSARY' : 'X-ANNIVERSARY', person.anniversary, version))
  add('NOTE', escapedPart(person.note))
  add('CATEGORIES', person.tags.map(escaped).join(','))
  add('LANG', version === '4.0' ? person.language : null)
  add('TZ', escapedPart(person.zone))
  add('UID', escapedPart(person.externalId))
  lines.push('END:VCARD')
  return lines.map(folded).join('')
}

const types: { readonly [label in string]?: string } = { home: 'home', work: 'work', mobile: 'cell', fax: 'fax', pager: 'pager' }

const addressValue = ({ poBox, street, city, region, postalCode, country }: PostalAddress) =>
  [poBox, null, street, city, region, postalCode, country].map(escapedPart).join(';')

/** An address of which only the whole is known. Quotes have no place in a parameter (RFC 6868). */
function addressText({ text, street, city }: PostalAddress): string {
  if (text === null || street !== null || city !== null) return ''
  return `;LABEL="${text.replace(/\^/g, '^^').replace(/\r?\n/g, '^n').replace(/"/g, "^'")}"`
}

function dayLine(name: string, day: string, version: WrittenVersion): string {
  if (!day.startsWith('--')) return version === '4.0' ? `${name}:${day.replaceAll('-', '')}` : `${name}:${day}`
  return version === '4.0' ? `${name}:--${day.slice(2).replace('-', '')}` : `${name};X-APPLE-OMIT-YEAR=1604:1604-${day.slice(2)}`
}

const escaped = (text: string): string => text.replace(/[\\;,]/g, (char) => `\\${char}`).replace(/\r\n?|\n/g, '\\n')
const escapedPart = (text: string | null): string => (text === null ? '' : escaped(text))

/** Lines of at most 75 octets (RFC 6350 §3.2), never cut within a character. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= 75) return `${line}\r\n`
  let text = ''
  let octets = 0
  for (const char of line) {
    const length = Buffer.byteLength(char)
    if (octets + length > 75) {
      text += '\r\n '
      octets = 1
    }
    text += char
    octets += length
  }
  return `${text}\r\n`
}
