import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { eventKey } from './event-words.ts'
import { fieldsQuery, type OwnField } from './fields/queries.ts'
import { hasMayContactWord, type MayContactKey, type MayContactTranslator, mayContactWords } from './may-contact-words.ts'
import type { Contact, Member, TimelineEntry } from './queries.ts'
import { timelineWords } from './timeline-words.ts'
import { type ContactsKey, type ContactsTranslator, contactsWords, hasContactsWord } from './words.ts'

/** Says an event in one sentence, names in bold. Whoever reads only these knows the story. Bookings are on the clock of the business. */
export function useEventSentence(contact: Contact, members: readonly Member[]): (entry: TimelineEntry) => ReactNode {
  const t = useWords(contactsWords)
  const events = useWords(timelineWords)
  const gate = useWords(mayContactWords)
  const { zone } = useWorkspace()
  const own = useQuery(fieldsQuery).data?.items ?? []
  const formats = useFormats(zone)
  return (entry) => {
    const { summary, actor } = entry
    const value = (name: string) => (summary.values[name] === undefined ? '' : String(summary.values[name]))
    const moment = (name: string) => {
      const at = value(name)
      return Number.isNaN(Date.parse(at)) ? at : `${formats.weekdayDate(at)}, ${formats.time(at)}`
    }
    const known = eventKey(summary.key)
    const byThemselves = known === 'event/contact_created' && actor.kind !== 'member' && actor.kind !== 'operator'
    const key = byThemselves ? 'event/contact_created_by' : known
    const said = events.parts<typeof key, ReactNode>(key, {
      who: <Bold>{actorName(t, actor, contact, members)}</Bold>,
      name: <Bold>{contact.name}</Bold>,
      service: <Bold>{value('service')}</Bold>,
      start: <span className="figures">{moment('start')}</span>,
      previousStart: <span className="figures">{moment('previousStart')}</span>,
      subject: <bdi>{value('subject')}</bdi>,
      scope: scopeWords(gate, value('scope')),
      way: wayWords(gate, value('channel'), value('purpose')),
      source: sourceWords(t, value('source')),
      fields: fieldWords(t, formats.list, value('fields'), own),
      note: <bdi>{value('note')}</bdi>,
      form: <Bold>{value('form')}</Bold>,
      answers: <bdi>{value('answers')}</bdi>,
      list: <Bold>{value('list')}</Bold>,
      kind: entry.kind,
      number: value('number'),
      other: <Bold>{value('other')}</Bold>,
    })
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence never move
    return said.map((piece, index) => <Fragment key={index}>{piece}</Fragment>)
  }
}

function Bold({ children }: { readonly children: string }) {
  return (
    <b className="font-medium text-ink">
      <bdi>{children}</bdi>
    </b>
  )
}

/** Who did it, by name where there is one. */
export function actorName(
  t: ContactsTranslator,
  { kind, id }: TimelineEntry['actor'],
  contact: Pick<Contact, 'name'>,
  members: readonly Pick<Member, 'id' | 'name'>[],
): string {
  switch (kind) {
    case 'member':
      return members.find((member) => member.id === id)?.name ?? t('actor/somebody')
    case 'contact_link':
    case 'visitor':
      return contact.name
    case 'api_key':
    case 'operator':
    case 'system':
      return t(`actor/${kind}`)
  }
}

const scopeWords = (t: MayContactTranslator, scope: string): string => {
  const key = `scope/${scope}`
  return isScope(key) ? t(key) : scope
}

/** "Text about bookings". */
const wayWords = (t: MayContactTranslator, channel: string, purpose: string): string => {
  const [channelKey, purposeKey] = [`channel/${channel}`, `purpose/${purpose}`]
  return isWay(channelKey) && isWay(purposeKey) ? t('wayFor', { channel: t(channelKey), purpose: t(purposeKey) }) : ''
}

const sourceWords = (t: ContactsTranslator, source: string): string => {
  const key = `source/${source}`
  return isSource(key) ? t(key) : source
}

/** "the name and the tags", from the server's list of fields. */
export function fieldWords(
  t: ContactsTranslator,
  list: (items: readonly string[]) => string,
  fields: string,
  own: readonly Pick<OwnField, 'key' | 'label'>[] = [],
): string {
  const words = fields
    .split(' ')
    .filter(Boolean)
    .map((field) => {
      const ours = own.find(({ key }) => field === `own.${key}`)
      if (ours) return ours.label
      const key = `field/${field}`
      return isField(key) ? t(key) : t('field/other')
    })
  return list([...new Set(words)])
}

const isSource = (key: string): key is Extract<ContactsKey, `source/${string}`> => key.startsWith('source/') && hasContactsWord(key)
const isScope = (key: string): key is Extract<MayContactKey, `scope/${string}`> => key.startsWith('scope/') && hasMayContactWord(key)
const isWay = (key: string): key is Extract<MayContactKey, `channel/${string}` | `purpose/${string}`> =>
  (key.startsWith('channel/') || key.startsWith('purpose/')) && hasMayContactWord(key)
const isField = (key: string): key is Extract<ContactsKey, `field/${string}`> => key.startsWith('field/') && hasContactsWord(key)
