import { Link } from '@tanstack/react-router'
import { useWords } from '../lib/i18n.tsx'
import { useWorkspace } from '../lib/session.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { AccountMenu } from './account-menu.tsx'
import { useRooms } from './navigation.ts'
import type { Room } from './rooms.ts'
import { shellWords } from './words.ts'
import { WorkspaceMenu } from './workspace-menu.tsx'

const roomLook =
  'relative grid w-15 justify-items-center gap-0.5 rounded-md pt-1.5 pb-1 text-[0.65625rem] leading-3.5 font-medium text-ink-2 no-underline hover:bg-hover hover:text-ink aria-[current=page]:bg-press aria-[current=page]:text-ink forced-colors:aria-[current=page]:outline-2'

/** The rooms, along the start of the desk. */
export function Rail({ onSearch, onHelp }: { readonly onSearch: () => void; readonly onHelp: () => void }) {
  const t = useWords(shellWords)
  const { daily, foot } = useRooms()
  return (
    <nav
      aria-label={t('rooms')}
      className="flex h-full min-h-0 w-rail scroll-none flex-col items-center gap-0.5 overflow-y-auto border-e border-line bg-backdrop pt-3 pb-2 phone:hidden"
    >
      <WorkspaceMenu />
      <span className="mt-2 mb-1">
        <IconButton name={t('search')} icon="search" keys="Ctrl+K" tip="end" onClick={onSearch} />
      </span>
      {daily.map((room) => (
        <RoomLink key={room.key} room={room} />
      ))}
      <span className="mt-auto grid justify-items-center gap-1 pt-2">
        <IconButton name={t('help')} icon="keyboard" keys="?" tip="end" onClick={onHelp} />
        {foot.map((room) => (
          <RoomLink key={room.key} room={room} />
        ))}
        <span className="mt-1">
          <AccountMenu />
        </span>
      </span>
    </nav>
  )
}

function RoomLink({ room }: { readonly room: Room }) {
  const t = useWords(shellWords)
  const { slug } = useWorkspace()
  return (
    <Link to={room.to} params={{ workspace: slug }} className={roomLook}>
      <Icon name={room.icon} size="lg" />
      {t(`room/${room.key}`)}
    </Link>
  )
}
