import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { logoAddress } from '../lib/logo.ts'
import { useMe, useWorkspace } from '../lib/session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu.tsx'
import { Name } from '../ui/name.tsx'
import { menuWords } from './menu-words.ts'

/** Which business one works in, and the way to the others. */
export function WorkspaceMenu({ trigger }: { readonly trigger: ReactElement }) {
  const t = useWords(menuWords)
  const me = useMe()
  const workspace = useWorkspace()
  const navigate = useNavigate()
  return (
    <Menu align="start" startOpen trigger={trigger}>
      <MenuLabel>
        <span className="flex items-center gap-2">
          <Name cut className="text-sm font-medium text-ink">
            {workspace.name}
          </Name>
          {workspace.test && <Badge tone="wait">{t('testWorkspace')}</Badge>}
        </span>
        <span className="block text-xs font-normal">{t(`role/${workspace.role}`)}</span>
      </MenuLabel>
      {me.workspaces.length > 1 && (
        <>
          <MenuSeparator />
          <MenuChoice
            label={t('workspaces')}
            value={workspace.slug}
            onChange={(slug) => void navigate({ to: '/w/$workspace', params: { workspace: slug } })}
            choices={me.workspaces.map((one) => ({
              value: one.slug,
              label: one.test ? `${one.name} (${t('testWorkspace')})` : one.name,
              lead: <Avatar name={one.name} id={one.id} kind="place" size="xs" brand={one.brandColour} picture={logoAddress(one)} />,
            }))}
          />
        </>
      )}
      {me.mayCreateWorkspace && (
        <>
          <MenuSeparator />
          <MenuItem icon="plus" onSelect={() => void navigate({ to: '/welcome' })}>
            {t('newWorkspace')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
