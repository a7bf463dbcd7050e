import { Link } from '@tanstack/react-router'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { List, rowLook, rowProps } from '../../../ui/list.tsx'
import { SettingsPane } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { registerWords } from './words.ts'

/** The registers there are, in the order of the list. */
const registers = [
  { key: 'processing', to: '/w/$workspace/settings/records/processing', icon: 'text' },
  { key: 'recipients', to: '/w/$workspace/settings/records/recipients', icon: 'share' },
  { key: 'incidents', to: '/w/$workspace/settings/records/incidents', icon: 'flag' },
  { key: 'legal', to: '/w/$workspace/settings/records/legal-requests', icon: 'building' },
  { key: 'disclosures', to: '/w/$workspace/settings/records/disclosures', icon: 'outbox' },
  { key: 'team', to: '/w/$workspace/settings/records/team', icon: 'users' },
  { key: 'ownership', to: '/w/$workspace/settings/records/ownership', icon: 'transfer' },
] as const satisfies readonly { readonly icon: IconName; readonly key: string; readonly to: string }[]

/** The list of registers. */
export function RecordsPage() {
  const t = useWords(registerWords)
  const shared = useWords(settingsWords)
  const { slug } = useWorkspace()
  return (
    <SettingsPane title={shared('page/records')}>
      <div className="grid gap-3 p-4">
        <p className="max-w-[64ch] text-sm text-ink-2">{t('intro')}</p>
        <List label={shared('page/records')} items={registers} keyOf={({ key }) => key}>
          {({ key, to, icon }) => (
            <Link {...rowProps} to={to} params={{ workspace: slug }} className={rowLook}>
              <Icon name={icon} className="text-ink-3" />
              <span className="font-medium">{t(`register/${key}`)}</span>
              <span className="col-start-2 text-xs text-ink-3">{t(`about/${key}`)}</span>
            </Link>
          )}
        </List>
      </div>
    </SettingsPane>
  )
}
