import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { SettingsPane } from '../../settings/settings-pane.tsx'
import { InstructionsSection } from './instructions-section.tsx'
import { RightsSection } from './rights-section.tsx'
import { teamWords } from './team-words.ts'
import { TermsSection } from './terms-section.tsx'
import { TrainingSection } from './training-section.tsx'

/** The rules everybody confirms; and for those who answer for it: terms, instructions, who may do what. */
export function TeamPage() {
  const t = useWords(teamWords)
  const { role } = useWorkspace()
  const reads = role === 'owner' || role === 'admin' || role === 'privacy_officer' || role === 'auditor'
  return (
    <SettingsPane title={t('title')}>
      <TrainingSection />
      {reads && (
        <>
          <TermsSection />
          <InstructionsSection />
          <RightsSection />
        </>
      )}
    </SettingsPane>
  )
}
