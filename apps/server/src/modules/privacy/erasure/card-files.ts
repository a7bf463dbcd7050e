import { handleChannelNames, type PersonData } from '@frontdesk/contract'
import { ICalCalendar, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'

import { splitHandle } from '../../contacts/index.ts'

type Row = Readonly<Record<string, unknown>>
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const rowsOf = ({ tables }: PersonData, table: string): readonly Row[] => tables[table] ?? []

/** A value of a card (RFC 6350 §3.4): what divides fields is escaped, line breaks are written out. */
const escaped = (value: string): string =>
  value
    .replaceAll('\\', '\\\\')
    .replaceAll(',', '\\,')
    .replaceAll(';', '\\;')
    .replace(/\r\n?|\n/g, '\\n')

/** Lines of at most 75 octets (RFC 6350 §3.2), broken between letters. */
function folded(line: string): string {
  const parts: string[] = ['']
  let octets = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (octets + size > 75) {
      parts.push('')
      octets = 1 // the space before the rest counts
    }
    parts[parts.length - 1] += letter
    octets += size
  }
  return parts.join('\r\n ')
}

/** Her card (vCard 4.0, RFC 6350): name, company, addresses and numbers, language. One where several of her were merged. */
export function cardOf(data: PersonData): string {
  const [contact] = rowsOf(data, 'contact')
  const companies = [...rowsOf(data, 'company'), ...(data.context.company ?? [])]
  const company = text(companies.find(({ id }) => id === contact?.company_id)?.name)
  const points = rowsOf(data, 'contact_point').flatMap(({ kind, value_normalized: value, preferred }) => {
    const first = preferred === true ? ';PREF=1' : ''
    if (kind === 'email') return [`EMAIL${first}:${escaped(text(value))}`]
    if (kind === 'phone') return [`TEL${first};VALUE=uri:tel:${text(value)}`]
    if (kind !== 'handle') return []
    const { channel, value: name } = splitHandle(text(value))
    // RFC 9554 §3.4
    return [
      channel === 'website'
        ? `URL:https://${name}`
        : `SOCIALPROFILE;SERVICE-TYPE=${handleChannelNames[channel]};VALUE=text:${escaped(name)}`,
    ]
  })
  const locale = text(contact?.locale)
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    'PRODID:-//Frontdesk//Rights//EN',
    `UID:urn:uuid:${data.contactId}`,
    `REV:${data.exportedAt.replace(/[-:]|\.\d+/g, '')}`,
    `FN:${escaped(text(contact?.name))}`,
    ...(company === '' ? [] : [`ORG:${escaped(company)}`]),
    ...(locale === '' ? [] : [`LANG:${locale}`]),
    ...points,
    'END:VCARD',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

/** Her appointments (iCalendar, RFC 5545), each under the id it has here. Times are in UTC; every calendar shows them in its owner's zone. */
export function calendarOf(data: PersonData): string {
  const services = new Map((data.context.service ?? []).map((row) => [row.id, text(row.name)]))
  const calendar = new ICalCalendar({
    prodId: { company: 'Frontdesk', product: 'Rights', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
  })
  for (const row of rowsOf(data, 'booking')) {
    const moment = (column: string) => Temporal.Instant.from(text(row[column]))
    const note = text(row.note)
    const place = text(row.place_detail)
    calendar.createEvent({
      id: text(row.id),
      start: moment('starts_at'),
      end: moment('ends_at'),
      stamp: Temporal.Instant.from(data.exportedAt),
      created: moment('created_at'),
      summary: services.get(row.service_id) ?? data.business,
      status: row.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(note === '' ? {} : { description: note }),
      ...(place === '' ? {} : { location: place }),
    })
  }
  return calendar.toString()
}
