import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { ErasuresSection } from './erasures-section.tsx'
import { TakeOverSection } from './take-over-section.tsx'

/** Who was erased, without names, and whose data was taken over from elsewhere. */
export function ErasuresPage() {
  const room = useWords(roomWords)
  const { role } = useWorkspace()
  return (
    <PrivacyPane title={room('page/erasures')}>
      {role !== 'admin' && <ErasuresSection may={role === 'owner' || role === 'privacy_officer'} />}
      {role !== 'auditor' && <TakeOverSection />}
    </PrivacyPane>
  )
}
