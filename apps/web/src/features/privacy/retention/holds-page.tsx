import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { HoldsSection } from './holds-section.tsx'

/** What must not go for now. */
export function HoldsPage() {
  const room = useWords(roomWords)
  const { role } = useWorkspace()
  return (
    <PrivacyPane title={room('page/holds')}>
      <HoldsSection may={role === 'owner' || role === 'privacy_officer'} />
    </PrivacyPane>
  )
}
