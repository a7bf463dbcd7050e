import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { SettingsPane } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { ErasuresSection } from './erasures-section.tsx'
import { TakeOverSection } from './take-over-section.tsx'

/** Who was erased, without names, and whose data was taken over from elsewhere. */
export function ErasuresPage() {
  const shared = useWords(settingsWords)
  const { role } = useWorkspace()
  return (
    <SettingsPane title={shared('page/erasures')}>
      {role !== 'admin' && <ErasuresSection may={role === 'owner' || role === 'privacy_officer'} />}
      {role !== 'auditor' && <TakeOverSection />}
    </SettingsPane>
  )
}
