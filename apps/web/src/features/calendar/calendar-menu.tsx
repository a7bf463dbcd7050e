import type { ReactElement } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { calendarWords } from './words.ts'

export type CalendarMenuProps = {
  readonly trigger: ReactElement
  readonly onToday: () => void
  readonly onCloseTime: () => void
}

/** What the calendar's header has no room for. */
export function CalendarMenu({ trigger, onToday, onCloseTime }: CalendarMenuProps) {
  const t = useWords(calendarWords)
  return (
    <Menu startOpen trigger={trigger}>
      <MenuItem icon="calendar" onSelect={onToday}>
        {t('today')}
      </MenuItem>
      <MenuItem icon="ban" onSelect={onCloseTime}>
        {t('closeTime')}
      </MenuItem>
    </Menu>
  )
}
