import { Link } from '@tanstack/react-router'
import { useMinute } from '../../lib/clock.ts'
import { useFormats, useReader, useWords } from '../../lib/i18n.tsx'
import { listTime } from '../../lib/list-time.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { rowLook, rowProps } from '../../ui/list.tsx'
import { Name } from '../../ui/name.tsx'
import { readContactsSearch } from './address.ts'
import type { ContactSummary } from './queries.ts'
import { contactsWords } from './words.ts'

/** One contact in the list. */
export function ContactRow({ contact }: { readonly contact: ContactSummary }) {
  const t = useWords(contactsWords)
  const { slug } = useWorkspace()
  const { tag, zone } = useReader()
  const formats = useFormats()
  const now = useMinute()
  const second = [contact.company, contact.phoneShown ?? contact.email, ...contact.tags.slice(0, 2)].filter(Boolean).join(' · ')
  return (
    <Link
      {...rowProps}
      to="/w/$workspace/contacts/$contactId"
      params={{ workspace: slug, contactId: contact.id }}
      search={(before) => readContactsSearch({ ...before, tab: undefined, form: undefined })}
      className={rowLook}
    >
      <span className="row-span-2">
        <Avatar name={contact.name} id={contact.id} />
      </span>
      <span className="flex items-baseline gap-2">
        <Name cut className="flex-1 font-strong">
          {contact.name}
        </Name>
        <time
          dateTime={contact.lastActivityAt}
          title={t('lastActivity', { when: formats.dateTime(contact.lastActivityAt) })}
          className="shrink-0 text-xs text-ink-3"
        >
          {listTime(contact.lastActivityAt, now, tag, zone)}
        </time>
      </span>
      <Name cut className="text-ink-2">
        {second || ' '}
      </Name>
    </Link>
  )
}
