import { Link } from '@tanstack/react-router'
import { useFormats } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Tag } from '../../../ui/badge.tsx'
import { hueOf } from '../../../ui/hue.ts'
import { readContactsSearch } from '../address.ts'
import type { OwnField } from '../fields/queries.ts'
import { useShownValue } from '../fields/use-shown-value.ts'
import type { Member } from '../queries.ts'
import type { ColumnKey } from './columns.ts'
import type { ContactRow } from './queries.ts'

/** What is known besides the rows: how ids are called, and own fields by their keys. */
export type Around = { readonly members: readonly Member[]; readonly fields: ReadonlyMap<string, OwnField> }

/** What a contact says in a column. */
export function TableCell({ row, column, around }: { readonly row: ContactRow; readonly column: ColumnKey; readonly around: Around }) {
  const { slug } = useWorkspace()
  switch (column) {
    case 'name':
      return (
        <Link
          to="/w/$workspace/contacts/$contactId"
          params={{ workspace: slug, contactId: row.id }}
          search={(before) => readContactsSearch({ ...before, tab: undefined, form: undefined })}
          tabIndex={-1}
          className="truncate font-strong no-underline hover:underline"
        >
          <bdi>{row.name}</bdi>
        </Link>
      )
    case 'phone':
      return <Text figures>{row.phoneShown}</Text>
    case 'owner':
      return <Text>{around.members.find(({ id }) => id === row.ownerMemberId)?.name}</Text>
    case 'tags':
      return (
        <span className="flex gap-1 overflow-hidden">
          {row.tags.map((tag) => (
            <Tag key={tag} hue={hueOf(tag)}>
              {tag}
            </Tag>
          ))}
        </span>
      )
    case 'activity':
      return <Ago at={row.lastActivityAt} className="figures truncate text-ink-2" />
    case 'created':
      return <Day at={row.createdAt} />
    case 'givenName':
    case 'familyName':
    case 'email':
    case 'company':
      return <Text>{row[column]}</Text>
    default:
      return <OwnValue row={row} field={around.fields.get(column.slice('own.'.length))} />
  }
}

function Text({ children, figures }: { readonly children: string | null | undefined; readonly figures?: boolean }) {
  return (
    <span className={figures ? 'figures truncate text-ink-2' : 'truncate text-ink-2'}>
      <bdi>{children}</bdi>
    </span>
  )
}

function Day({ at }: { readonly at: string }) {
  const formats = useFormats()
  return (
    <time dateTime={at} title={formats.weekdayDateTime(at)} className="figures truncate text-ink-2">
      {formats.date(at)}
    </time>
  )
}

function OwnValue({ row, field }: { readonly row: ContactRow; readonly field: OwnField | undefined }) {
  const shown = useShownValue()
  const value = field && row.fields[field.key]
  if (!field || value === undefined) return null
  return <Text figures={field.type === 'number' || field.type === 'money' || field.type === 'date'}>{shown(field, value)}</Text>
}
