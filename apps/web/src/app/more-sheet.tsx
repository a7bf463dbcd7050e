import { Link } from '@tanstack/react-router'
import { useReader, useWords } from '../lib/i18n.tsx'
import { logoAddress } from '../lib/logo.ts'
import { useMe, useSignOut, useWorkspace } from '../lib/session.ts'
import { useTheme } from '../lib/theme.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Name } from '../ui/name.tsx'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { Select } from '../ui/select.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { useLanguages } from './languages.ts'
import { menuWords } from './menu-words.ts'
import { useRooms } from './navigation.ts'
import { shellWords } from './words.ts'

/** What `MoreSheet` is given. */
export type MoreSheetProps = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void; readonly onSearch: () => void }

/** What does not fit along the bottom of the phone: the other rooms, the other workspaces, how it looks, the way out. */
export function MoreSheet({ open, onOpenChange, onSearch }: MoreSheetProps) {
  const t = useWords(menuWords)
  const shell = useWords(shellWords)
  const me = useMe()
  const workspace = useWorkspace()
  const { more } = useRooms()
  const [theme, chooseTheme] = useTheme()
  const { tag } = useReader()
  const { choices, choose } = useLanguages()
  const signOut = useSignOut()
  const close = () => onOpenChange(false)
  const others = me.workspaces.filter((other) => other.id !== workspace.id)
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={workspace.name} description={me.user.name} side="bottom">
      <div className="-mx-3 grid">
        <MoreRow
          icon="search"
          onClick={() => {
            close()
            onSearch()
          }}
        >
          {shell('search')}
        </MoreRow>
        {more.map((room) => (
          <Link key={room.key} to={room.to} params={{ workspace: workspace.slug }} onClick={close} className={moreLook}>
            <Icon name={room.icon} size="lg" className="text-ink-3" />
            {shell(`room/${room.key}`)}
          </Link>
        ))}
        {others.map((other) => (
          <Link key={other.id} to="/w/$workspace" params={{ workspace: other.slug }} onClick={close} className={moreLook}>
            <Avatar name={other.name} id={other.id} kind="place" size="sm" brand={other.brandColour} picture={logoAddress(other)} />
            <Name cut>{other.name}</Name>
          </Link>
        ))}
      </div>
      <div className="my-4 grid gap-4 border-y border-line py-4">
        <SegmentedControl
          label={t('theme')}
          value={theme}
          onChange={chooseTheme}
          wide
          options={[
            { value: 'system', label: t('themeSystem'), icon: 'device' },
            { value: 'light', label: t('themeLight'), icon: 'sun' },
            { value: 'dark', label: t('themeDark'), icon: 'moon' },
          ]}
        />
        <Select
          label={shell('language')}
          value={choices.find((choice) => tag.startsWith(choice.value))?.value ?? 'en'}
          onChange={choose}
          options={choices}
        />
      </div>
      <div className="-mx-3">
        <MoreRow icon="signOut" onClick={() => void signOut()}>
          {t('signOut')}
        </MoreRow>
      </div>
    </Sheet>
  )
}

const moreLook = 'flex min-h-12 w-full items-center gap-3 rounded-md px-3 text-start no-underline hover:bg-hover'

function MoreRow({ icon, children, onClick }: { readonly icon: IconName; readonly children: string; readonly onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className={moreLook}>
      <Icon name={icon} size="lg" className="text-ink-3" />
      {children}
    </button>
  )
}
