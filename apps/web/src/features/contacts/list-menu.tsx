import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { mayExport } from './export/may-export.ts'
import { mayImport } from './import/may-import.ts'
import { contactsWords } from './words.ts'

export type ListMenuProps = { readonly onAsk: () => void; readonly onTakeOut: () => void }

/** What is done with the whole list now and then: asked about, brought, taken along. */
export function ListMenu({ trigger, onAsk, onTakeOut }: ListMenuProps & { readonly trigger: ReactElement }) {
  const t = useWords(contactsWords)
  const { slug, role } = useWorkspace()
  const navigate = useNavigate()
  const bring = () => void navigate({ to: '/w/$workspace/contacts/import', params: { workspace: slug }, search: {} })
  return (
    <Menu trigger={trigger} startOpen>
      <MenuItem icon="shield" onSelect={onAsk}>
        {t('mayList')}
      </MenuItem>
      {mayImport.includes(role) && (
        <MenuItem icon="import" onSelect={bring}>
          {t('bring')}
        </MenuItem>
      )}
      {mayExport.includes(role) && (
        <MenuItem icon="download" onSelect={onTakeOut}>
          {t('takeOut')}
        </MenuItem>
      )}
    </Menu>
  )
}
