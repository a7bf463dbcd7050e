import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { DetailPane } from '../../../ui/panes.tsx'
import { Section } from '../../../ui/section.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
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
  const shared = useWords(settingsWords)
  const { slug } = useWorkspace()
  const { requestId = '' } = useParams({ strict: false })
  const asked = useQuery(requestQuery(requestId))
  const navigate = useNavigate()
  const back = () => void navigate({ to: '/w/$workspace/settings/requests', params: { workspace: slug } })
  const title = asked.data ? `${t('numbered', { number: asked.data.number })}: ${t(`kind/${asked.data.kind}`)}` : shared('page/requests')
  return (
    <DetailPane
      header={
        <PageHeader
          title={title}
          actions={
            <span className="phone:hidden">
              <Button onClick={back}>{t('all')}</Button>
            </span>
          }
          back={<IconButton name={t('queue')} icon="chevronLeft" size="lg" tip="none" onClick={back} />}
        />
      }
    >
      <div className="max-w-176 min-w-0">
        <Asked asked={asked} lines={10}>
          {(found) => <Case found={found} />}
        </Asked>
      </div>
    </DetailPane>
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
      <CaseHistory found={found} may={decides} />
      {act && <ActDialog act={act} found={found} label={actLabel(t, found, act)} onClose={() => setAct(undefined)} />}
    </>
  )
}

const actLabel = (t: RequestTranslator, { kind }: RequestCase, act: RequestAct): string =>
  act === 'erase' && kind === 'anonymization' ? t('act/erase/anonymization') : t(`act/${act}`)

function SelfReview({ found }: { readonly found: RequestCase }) {
  const t = useWords(requestWords)
  const formats = useFormats()
  if (found.selfReviewed) return <Note tone="wait">{t('selfReviewed')}</Note>
  if (found.state === 'appealed' && found.selfReviewFrom)
    return <Note tone="wait">{t('selfReviewFrom', { when: formats.dateTime(found.selfReviewFrom) })}</Note>
  return null
}
