import { Link } from '@tanstack/react-router'
import { useWords } from '../lib/i18n.tsx'
import { logoAddress } from '../lib/logo.ts'
import { useMe, useWorkspace } from '../lib/session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { onDemandMenu } from '../ui/on-demand-menu.tsx'
import { useRooms } from './navigation.ts'
import type { Room } from './rooms.ts'
import { shellWords } from './words.ts'

const WorkspaceMenu = onDemandMenu(() => import('./workspace-menu.tsx').then((file) => file.WorkspaceMenu))
const AccountMenu = onDemandMenu(() => import('./account-menu.tsx').then((file) => file.AccountMenu))

const roomLook =
  'relative grid w-15 justify-items-center gap-0.5 rounded-md pt-1.5 pb-1 text-[0.65625rem] leading-3.5 font-medium text-ink-2 no-underline hover:bg-hover hover:text-ink aria-[current=page]:bg-press aria-[current=page]:text-ink forced-colors:aria-[current=page]:outline-2'

/** The rooms, along the start of the desk. */
export function Rail({ onSearch, onHelp }: { readonly onSearch: () => void; readonly onHelp: () => void }) {
  const t = useWords(shellWords)
  const { daily, foot } = useRooms()
  const { user } = useMe()
  const workspace = useWorkspace()
  return (
    <nav
      aria-label={t('rooms')}
      className="flex h-full min-h-0 w-rail scroll-none flex-col items-center gap-0.5 overflow-y-auto border-e border-line bg-backdrop pt-3 pb-2 phone:hidden"
    >
      <WorkspaceMenu
        trigger={
          <button type="button" aria-label={t('workspaceMenu', { name: workspace.name })} className="rounded-md">
            <Avatar name={workspace.name} id={workspace.id} kind="place" brand={workspace.brandColour} picture={logoAddress(workspace)} />
          </button>
        }
      />
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
          <AccountMenu
            trigger={
              <button type="button" aria-label={t('accountOf', { name: user.name })} className="rounded-full">
                <Avatar name={user.name} id={user.id} />
              </button>
            }
          />
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
