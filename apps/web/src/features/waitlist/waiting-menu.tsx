import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '../../ui/menu.tsx'
import type { Waiting } from './queries.ts'
import { waitlistWords } from './words.ts'

export type WaitingMenuProps = {
  readonly trigger: ReactElement
  readonly entry: Waiting
  /** How she can be moved; left out where the list is not the whole line. */
  readonly moves:
    | { readonly first?: (() => void) | undefined; readonly up?: (() => void) | undefined; readonly down?: (() => void) | undefined }
    | undefined
  readonly onOffer: () => void
  readonly onEdit: () => void
  readonly onRemove: () => void
  readonly onRestore: () => void
}

/** What can be done with somebody who waits. */
export function WaitingMenu({ trigger, entry, moves, onOffer, onEdit, onRemove, onRestore }: WaitingMenuProps) {
  const t = useWords(waitlistWords)
  const { slug: workspace } = useWorkspace()
  const waits = entry.state === 'waiting' || entry.state === 'offered'
  return (
    <Menu startOpen trigger={trigger} label={t('more', { name: entry.contact.name })}>
      {entry.state === 'waiting' && (
        <MenuItem icon="send" onSelect={onOffer}>
          {t('offer')}
        </MenuItem>
      )}
      {entry.offer && (entry.state === 'offered' || entry.state === 'booked') && (
        <MenuLink icon="calendar">
          <Link to="/w/$workspace/calendar" params={{ workspace }} search={{ booking: entry.offer.bookingId }}>
            {t('openBooking')}
          </Link>
        </MenuLink>
      )}
      {waits && (
        <MenuItem icon="edit" onSelect={onEdit}>
          {t('edit')}
        </MenuItem>
      )}
      {waits && moves && (
        <>
          <MenuItem icon="chevronsUpDown" disabled={!moves.first} onSelect={() => moves.first?.()}>
            {t('first')}
          </MenuItem>
          <MenuItem icon="chevronUp" disabled={!moves.up} onSelect={() => moves.up?.()}>
            {t('up')}
          </MenuItem>
          <MenuItem icon="chevronDown" disabled={!moves.down} onSelect={() => moves.down?.()}>
            {t('down')}
          </MenuItem>
        </>
      )}
      <MenuSeparator />
      {waits ? (
        <MenuItem icon="close" onSelect={onRemove}>
          {t('remove')}
        </MenuItem>
      ) : (
        entry.state !== 'booked' && (
          <MenuItem icon="undo" onSelect={onRestore}>
            {t('restore')}
          </MenuItem>
        )
      )}
    </Menu>
  )
}
