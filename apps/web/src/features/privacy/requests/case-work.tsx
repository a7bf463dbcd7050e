import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { Section } from '../../../ui/section.tsx'
import { EraseProgress } from '../erasure/erase-progress.tsx'
import { objectedUses, restrictions } from './choices.ts'
import { type RequestCase, requestQuery } from './queries.ts'
import { ReviewerList } from './reviewer-list.tsx'
import { type RequestTranslator, requestWords } from './words.ts'

type Work = RequestCase['work'][number]
const tones = { planned: 'wait', running: 'accent', done: 'ok', failed: 'no' } as const

/** What the case did to the data, and who from outside looks at it. */
export function CaseWork({ found, may }: { readonly found: RequestCase; readonly may: boolean }) {
  const t = useWords(requestWords)
  const queries = useQueryClient()
  return (
    <>
      {found.work.length > 0 && (
        <Section title={t('work')}>
          <ul className="grid divide-y divide-line">
            {found.work.map((work) => (
              <WorkRow key={work.id} work={work} />
            ))}
          </ul>
        </Section>
      )}
      {found.reviewers.length > 0 && (
        <Section title={t('reviewers')}>
          <ReviewerList
            reviewers={found.reviewers}
            may={may}
            onRevoke={async (reviewerId) => {
              const changed = await call('POST /requests/{requestId}/reviewers/{reviewerId}/revocation', {
                params: { requestId: found.id, reviewerId },
                body: {},
              })
              queries.setQueryData(requestQuery(found.id).queryKey, changed)
            }}
          />
        </Section>
      )}
    </>
  )
}

function WorkRow({ work }: { readonly work: Work }) {
  const t = useWords(requestWords)
  const formats = useFormats()
  return (
    <li className="grid gap-2 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-40 flex-1 font-medium">{titleOf(t, work)}</span>
        <Badge tone={tones[work.state]}>{t(`workState/${work.state}`)}</Badge>
        <span className="text-xs text-ink-3">
          {actorWords(t, work.by)}, {formats.dateTime(work.at)}
        </span>
      </div>
      <WorkDetails work={work} />
    </li>
  )
}

function titleOf(t: RequestTranslator, { kind, details }: Work): string {
  return kind === 'hand_over' ? t('work/hand_over', { host: details ?? '' }) : t(`work/${kind}`)
}

function WorkDetails({ work }: { readonly work: Work }) {
  const t = useWords(requestWords)
  const formats = useFormats()
  switch (work.kind) {
    case 'copy':
      if (work.state === 'running' && work.copy) return <Progress label={t('copyMaking')} done={work.copy.progress} total={100} />
      return (
        <p className="text-ink-2">
          {work.copy?.expiresAt && t('copyUntil', { date: formats.date(work.copy.expiresAt) })}{' '}
          {work.copy?.downloadedAt && t('copyFetched', { when: formats.dateTime(work.copy.downloadedAt) })}
        </p>
      )
    case 'erasure':
      return work.erasure ? <EraseProgress erasureId={work.erasure.id} /> : <p className="text-ink-2">{t('erasurePlanned')}</p>
    case 'hand_over':
      if (work.state === 'planned' && work.outcome === null) return <p className="text-ink-2">{t('handOverPlanned')}</p>
      return work.outcome ? <p className="text-ink-2">{t('handOverSaid', { said: work.outcome.replaceAll('_', ' ') })}</p> : null
    case 'restriction': {
      const ground = restrictions.find((one) => one === work.details)
      return ground ? <p className="text-ink-2">{t(`restrict/${ground}`)}</p> : null
    }
    case 'review':
      return (
        <p dir="auto" className="whitespace-pre-line text-ink-2">
          {(work.outcome === 'confirmed' || work.outcome === 'changed') && `${t(`outcome/${work.outcome}`)}. `}
          {work.details}
        </p>
      )
    case 'objection_upheld': {
      const uses = objectedUses.filter((one) => work.details?.split(' ').includes(one))
      return <p className="text-ink-2">{uses.map((use) => t(`ends/${use}`)).join(' · ')}</p>
    }
    case 'restriction_lifted':
      return work.state === 'planned' ? <p className="text-ink-2">{t('resumesAfterLetter')}</p> : null
    case 'rectification':
    case 'opt_out':
      return null
  }
}

/** Who did something: a member by name, everybody else by what they are. */
export function actorWords(t: RequestTranslator, by: string): string {
  if (by === 'system') return t('bySystem')
  return by === 'visitor' || by === 'contact_link' || by === 'contact' ? t('byVisitor') : by
}
