import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/section.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { PrivacyPane } from '../privacy-pane.tsx'
import { RecipientNotices } from '../registers/recipient-notices.tsx'
import { roomWords } from '../words.ts'
import { ActDialog } from './act-dialog.tsx'
import { CaseFacts } from './case-facts.tsx'
import { CaseHistory } from './case-history.tsx'
import { CaseWork } from './case-work.tsx'
import { type RequestAct, type RequestCase, requestQuery } from './queries.ts'
import { Due } from './requests-page.tsx'
import { type RequestTranslator, requestWords } from './words.ts'

/** One case: what is asked and by whom, until when, what can be done now, what was done. */
export function CasePage() {
  const t = useWords(requestWords)
  const room = useWords(roomWords)
  const { requestId = '' } = useParams({ strict: false })
  const asked = useQuery(requestQuery(requestId))
  const title = asked.data ? `${t('numbered', { number: asked.data.number })}: ${t(`kind/${asked.data.kind}`)}` : room('page/requests')
  return (
    <PrivacyPane title={title} from="requests">
      <Asked asked={asked} lines={10}>
        {(found) => <Case found={found} />}
      </Asked>
    </PrivacyPane>
  )
}

/** What is done with a button of its own; the rest stands behind it. */
const main: readonly RequestAct[] = ['verify', 'copy', 'erase', 'rectify', 'review', 'decide_appeal', 'answer', 'resolve', 'close']

function Case({ found }: { readonly found: RequestCase }) {
  const t = useWords(requestWords)
  const { role } = useWorkspace()
  const decides = role === 'owner' || role === 'privacy_officer'
  const [act, setAct] = useState<RequestAct>()
  const acts = decides ? found.acts : []
  const first = acts.find((one) => main.includes(one))
  return (
    <>
      <Section title={t('next')}>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
          <Badge tone={found.closedAt ? 'ok' : found.due?.overdue ? 'no' : 'accent'}>{t(`state/${found.state}`)}</Badge>
          {found.due && <span className="text-ink-2">{t(`due/what/${found.due.what}`)}</span>}
          <Due row={found} />
        </div>
        <SelfReview found={found} />
        {acts.length > 0 ? (
          <div className="flex flex-wrap gap-2">
            {acts.map((one) => (
              <Button key={one} variant={one === first ? 'solid' : 'plain'} onClick={() => setAct(one)}>
                {actLabel(t, found, one)}
              </Button>
            ))}
          </div>
        ) : (
          <p className="text-sm text-ink-3">{decides ? t('nextNone') : t('onlyRead')}</p>
        )}
      </Section>
      <CaseFacts found={found} may={decides} />
      <CaseWork found={found} may={decides} />
      {found.kind !== 'complaint' && decides && <RecipientNotices requestId={found.id} may />}
      <CaseHistory found={found} may={decides} />
      {act && <ActDialog act={act} found={found} label={actLabel(t, found, act)} onClose={() => setAct(undefined)} />}
    </>
  )
}

function actLabel(t: RequestTranslator, { kind }: RequestCase, act: RequestAct): string {
  if (act === 'erase' && kind === 'anonymization') return t('act/erase/anonymization')
  return act === 'answer' && kind === 'objection_use' ? t('act/answer/objection_use') : t(`act/${act}`)
}

function SelfReview({ found }: { readonly found: RequestCase }) {
  const t = useWords(requestWords)
  const formats = useFormats()
  if (found.selfReviewed) return <Note tone="wait">{t('selfReviewed')}</Note>
  if (found.state === 'appealed' && found.selfReviewFrom)
    return <Note tone="wait">{t('selfReviewFrom', { when: formats.dateTime(found.selfReviewFrom) })}</Note>
  return null
}
