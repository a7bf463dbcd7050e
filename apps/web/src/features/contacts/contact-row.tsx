import { Link } from '@tanstack/react-router'
import { useMinute } from '../../lib/clock.ts'
import { useFormats, useReader, useWords } from '../../lib/i18n.tsx'
import { listTime } from '../../lib/list-time.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { rowLook, rowProps } from '../../ui/list.tsx'
import { Name } from '../../ui/name.tsx'
import { readContactsSearch } from './address.ts'
import type { ContactSummary } from './queries.ts'
import { useSelection } from './segments/selection.ts'
import { contactsWords } from './words.ts'

/** One contact in the list. */
export function ContactRow({ contact }: { readonly contact: ContactSummary }) {
  const t = useWords(contactsWords)
  const { slug } = useWorkspace()
  const { tag, zone } = useReader()
  const formats = useFormats()
  const now = useMinute()
  const selection = useSelection()
  const second = [contact.company, contact.phoneShown ?? contact.email, ...contact.tags.slice(0, 2)].filter(Boolean).join(' · ')
  const chosen = selection?.ids.has(contact.id) === true
  const inside = (
    <>
      <span className="row-span-2">
        {selection ? (
          <span
            aria-hidden="true"
            className={cx(
              'grid size-8 place-items-center rounded-full border',
              chosen ? 'border-solid bg-solid text-on-solid' : 'border-line-control text-transparent',
            )}
          >
            <Icon name="check" />
          </span>
        ) : (
          <Avatar name={contact.name} id={contact.id} />
        )}
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
    </>
  )
  if (selection)
    return (
      <button
        {...rowProps}
        type="button"
        aria-pressed={chosen}
        onClick={() => selection.toggle(contact.id)}
        className={cx(rowLook, chosen && 'bg-selected')}
      >
        {inside}
      </button>
    )
  return (
    <Link
      {...rowProps}
      to="/w/$workspace/contacts/$contactId"
      params={{ workspace: slug, contactId: contact.id }}
      search={(before) => readContactsSearch({ ...before, tab: undefined, form: undefined })}
      className={rowLook}
    >
      {inside}
    </Link>
  )
}
