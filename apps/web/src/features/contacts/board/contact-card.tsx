import { Link } from '@tanstack/react-router'
import type { PointerEvent as ReactPointerEvent } from 'react'
import { useWorkspace } from '../../../lib/session.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Tag } from '../../../ui/badge.tsx'
import { cx } from '../../../ui/cx.ts'
import { hueOf } from '../../../ui/hue.ts'
import { readContactsSearch } from '../address.ts'
import type { ContactRow } from '../table/queries.ts'
import type { Around } from '../table/table-cell.tsx'

export type ContactCardProps = {
  readonly row: ContactRow
  readonly around: Around
  readonly hint: string
  /** It is on its way somewhere else. */
  readonly faded: boolean
  readonly onGrab: ((event: ReactPointerEvent<HTMLElement>, row: ContactRow) => void) | undefined
}

/** Somebody on the board: her name, how to reach her, her company and tags, and who looks after her. */
export function ContactCard({ row, around, hint, faded, onGrab }: ContactCardProps) {
  const { slug: workspace } = useWorkspace()
  const owner = around.members.find(({ id }) => id === row.ownerMemberId)
  const reached = row.phoneShown ?? row.email
  return (
    <li
      data-card={row.id}
      onPointerDown={onGrab && ((event) => onGrab(event, row))}
      className={cx(faded && 'opacity-40', onGrab && 'touch-pan-y')}
    >
      <Link
        to="/w/$workspace/contacts/$contactId"
        params={{ workspace, contactId: row.id }}
        search={(before) => readContactsSearch({ ...before, tab: undefined, form: undefined })}
        draggable={false}
        aria-describedby={hint}
        className="grid gap-1 rounded-md border border-line bg-raised p-3 text-sm no-underline shadow-rest hover:border-line-strong"
      >
        <span className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate font-strong">
            <bdi>{row.name}</bdi>
          </span>
          {owner && <Avatar name={owner.name} id={owner.id} size="sm" />}
        </span>
        {(row.company || reached) && (
          <span className="truncate text-xs text-ink-2">
            <bdi>{[row.company, reached].filter(Boolean).join(' · ')}</bdi>
          </span>
        )}
        {row.tags.length > 0 && (
          <span className="flex gap-1 overflow-hidden">
            {row.tags.slice(0, 3).map((tag) => (
              <Tag key={tag} hue={hueOf(tag)}>
                {tag}
              </Tag>
            ))}
          </span>
        )}
      </Link>
    </li>
  )
}
