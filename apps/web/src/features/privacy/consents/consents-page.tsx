import { useWords } from '../../../lib/i18n.tsx'
import { SettingsPane } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { ConsentKitSection } from './consent-kit-section.tsx'

/** Where the business asks for consent, and in which words. */
export function ConsentsPage() {
  const t = useWords(settingsWords)
  return (
    <SettingsPane title={t('page/consents')}>
      <ConsentKitSection />
    </SettingsPane>
  )
}
