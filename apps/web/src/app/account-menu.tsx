import type { ReactElement } from 'react'
import { useReader, useWords } from '../lib/i18n.tsx'
import { useMe, useSignOut } from '../lib/session.ts'
import { useTheme } from '../lib/theme.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { Name } from '../ui/name.tsx'
import { useInstall } from './install.ts'
import { useLanguages } from './languages.ts'
import { menuWords } from './menu-words.ts'
import { shellWords } from './words.ts'

/** Who is signed in, how it looks and reads here, and the way out. */
export function AccountMenu({ trigger }: { readonly trigger: ReactElement }) {
  const t = useWords(menuWords)
  const shell = useWords(shellWords)
  const { user } = useMe()
  const [theme, chooseTheme] = useTheme()
  const { locale } = useReader()
  const { choices, choose } = useLanguages()
  const install = useInstall()
  const signOut = useSignOut()
  return (
    <Menu align="end" side="right" startOpen trigger={trigger}>
      <div className="flex items-center gap-3 px-2 pt-2 pb-1">
        <Avatar name={user.name} id={user.id} />
        <div className="grid min-w-0">
          <Name cut className="text-sm font-medium">
            {user.name}
          </Name>
          <span className="truncate text-xs text-ink-3">{user.email}</span>
        </div>
      </div>
      <MenuSeparator />
      <MenuChoice
        label={t('theme')}
        value={theme}
        onChange={chooseTheme}
        choices={[
          { value: 'system', label: t('themeSystem'), icon: 'device' },
          { value: 'light', label: t('themeLight'), icon: 'sun' },
          { value: 'dark', label: t('themeDark'), icon: 'moon' },
        ]}
      />
      <MenuSeparator />
      <MenuChoice label={shell('language')} value={locale} onChange={choose} choices={choices} />
      <MenuSeparator />
      {install && (
        <MenuItem icon="download" onSelect={install}>
          {t('install')}
        </MenuItem>
      )}
      <MenuItem icon="signOut" onSelect={() => void signOut()}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  )
}
