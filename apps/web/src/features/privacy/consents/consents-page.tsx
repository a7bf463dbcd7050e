import { useWords } from '../../../lib/i18n.tsx'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { ConsentKitSection } from './consent-kit-section.tsx'

/** Where the business asks for consent, and in which words. */
export function ConsentsPage() {
  const room = useWords(roomWords)
  return (
    <PrivacyPane title={room('page/consents')}>
      <ConsentKitSection />
    </PrivacyPane>
  )
}
