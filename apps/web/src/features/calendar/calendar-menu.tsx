import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Menu, MenuItem, MenuLink } from '../../ui/menu.tsx'
import { calendarWords } from './words.ts'

export type CalendarMenuProps = {
  readonly trigger: ReactElement
  readonly onToday: () => void
  readonly onCloseTime: () => void
}

/** What the calendar's header has no room for. */
export function CalendarMenu({ trigger, onToday, onCloseTime }: CalendarMenuProps) {
  const t = useWords(calendarWords)
  const { slug: workspace } = useWorkspace()
  return (
    <Menu startOpen trigger={trigger}>
      <MenuItem icon="calendar" onSelect={onToday}>
        {t('today')}
      </MenuItem>
      <MenuItem icon="ban" onSelect={onCloseTime}>
        {t('closeTime')}
      </MenuItem>
      <MenuLink icon="clock">
        <Link to="/w/$workspace/waitlist" params={{ workspace }} search={{}}>
          {t('waitlist')}
        </Link>
      </MenuLink>
      <MenuLink icon="plus">
        <Link to="/w/$workspace/waitlist" params={{ workspace }} search={{ add: true }}>
          {t('addToWaitlist')}
        </Link>
      </MenuLink>
    </Menu>
  )
}
