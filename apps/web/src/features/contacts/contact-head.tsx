import { zoneCity } from '@frontdesk/i18n'
import { Link } from '@tanstack/react-router'
import { useMinute } from '../../lib/clock.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Tag } from '../../ui/badge.tsx'
import { Note } from '../../ui/banner.tsx'
import { cx } from '../../ui/cx.ts'
import { hueOf } from '../../ui/hue.ts'
import { ApartNote } from '../privacy/ages/apart-note.tsx'
import { MaybeNote } from './merge/maybe-note.tsx'
import type { Contact } from './queries.ts'
import { contactsWords } from './words.ts'

export type ContactHeadProps = {
  readonly contact: Contact
  /** Opens what was learned of her age; left out for those who only read. */
  readonly onAge: (() => void) | undefined
}

/** Name, tags, and what time it is where she lives. On the phone the name stands in the header. */
export function ContactHead({ contact, onAge }: ContactHeadProps) {
  const t = useWords(contactsWords)
  const { slug } = useWorkspace()
  const mine = useFormats()
  const theirs = useFormats(contact.zone ?? mine.zone)
  const now = useMinute()
  const elsewhere = contact.zone !== null && theirs.zoneName(now, 'offset') !== mine.zoneName(now, 'offset')
  const more = contact.tags.length > 0 || contact.company !== null || elsewhere
  return (
    <div className="grid gap-3 px-6 pt-5 phone:px-4">
      {contact.archivedAt && <Note icon="archive">{t.parts('isArchived', { when: <Ago key="when" at={contact.archivedAt} /> })}</Note>}
      <MaybeNote contact={contact} />
      <ApartNote contactId={contact.id} onAge={onAge} />
      <div className={cx('flex items-center gap-4', !more && 'phone:hidden')}>
        <Avatar name={contact.name} id={contact.id} size="lg" />
        <div className="grid min-w-0 gap-1">
          <p className="text-xl font-strong wrap-anywhere phone:hidden">
            <bdi>{contact.name}</bdi>
          </p>
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-2">
            {contact.tags.map((tag) => (
              <Link key={tag} to="/w/$workspace/contacts" params={{ workspace: slug }} search={{ tag }} className="rounded-xs no-underline">
                <Tag hue={hueOf(tag)}>{tag}</Tag>
              </Link>
            ))}
            {contact.company && <bdi>{contact.company.name}</bdi>}
            {elsewhere && contact.zone && (
              <span>
                {t('theirTime', { time: theirs.time(now), name: contact.givenName ?? contact.name, city: zoneCity(contact.zone) })}
              </span>
            )}
          </div>
        </div>
      </div>
    </div>
  )
}
