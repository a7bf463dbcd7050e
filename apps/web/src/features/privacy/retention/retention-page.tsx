import { useQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Section } from '../../../ui/section.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { PeriodsForm } from './periods-form.tsx'
import { PreviewSection } from './preview-section.tsx'
import { retentionQuery } from './queries.ts'
import { RunsSection } from './runs-section.tsx'
import { retentionWords } from './words.ts'

/** How long what is kept, what would go tonight, and what went. */
export function RetentionPage() {
  const t = useWords(retentionWords)
  const shared = useWords(settingsWords)
  const room = useWords(roomWords)
  const formats = useFormats()
  const asked = useQuery(retentionQuery)
  const { role } = useWorkspace()
  const may = role === 'owner' || role === 'privacy_officer'
  return (
    <PrivacyPane title={room('page/retention')}>
      <Asked asked={asked} lines={8}>
        {(retention) => (
          <>
            <Section title={t('periods')} intro={t('periodsIntro')}>
              {!may && <p className="text-sm text-ink-3">{shared('onlyRead')}</p>}
              <Note tone={retention.confirmedAt ? 'ok' : 'wait'}>
                {retention.confirmedAt
                  ? t('confirmed', { date: formats.dateTime(retention.confirmedAt), night: formats.dateTime(retention.nextNight) })
                  : t('notConfirmed')}
              </Note>
              <PeriodsForm key={retention.version} retention={retention} may={may} />
            </Section>
            <PreviewSection retention={retention} may={may} />
          </>
        )}
      </Asked>
      <RunsSection />
    </PrivacyPane>
  )
}
