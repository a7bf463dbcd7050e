import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Ago } from '../../ui/ago.tsx'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { membersQuery } from '../contacts/queries.ts'
import { type Lead, type Qualification, qualificationQuery } from './queries.ts'
import { questionWords, ruleWords } from './rule-words.ts'
import { leadsWords } from './words.ts'

type Answered = Qualification['answers'][number]
type Value = 'open' | 'yes' | 'no' | 'unsure'

/** What is known of a lead by the checklist, and the score that follows from it, with every reason. */
export function LeadChecklist({ lead, may }: { readonly lead: Lead; readonly may: boolean }) {
  const t = useWords(leadsWords)
  const explain = useExplain()
  const asked = useQuery(qualificationQuery(lead.id))
  if (asked.isError && !asked.data) {
    return (
      <Section title={t('checklist')}>
        <div className="grid justify-items-start gap-3">
          <Note tone="no" role="alert">
            {t('checklistFailed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      </Section>
    )
  }
  return (
    <>
      <Section title={t('checklist')} intro={t('checklistIntro')}>
        {asked.data ? (
          <ul className="grid gap-4">
            {asked.data.answers.map((answer) => (
              <Question key={answer.question.id} lead={lead} answer={answer} may={may} />
            ))}
          </ul>
        ) : (
          <TextSkeleton lines={4} />
        )}
        {asked.data?.answers.length === 0 && <p className="text-sm text-ink-2">{t('noQuestions')}</p>}
      </Section>
      {asked.data && <Score qualification={asked.data} />}
    </>
  )
}

function Question({ lead, answer, may }: { readonly lead: Lead; readonly answer: Answered; readonly may: boolean }) {
  const t = useWords(leadsWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const members = useQuery(membersQuery).data?.items ?? []
  const [note, setNote] = useState(answer.note ?? '')
  const [pending, setPending] = useState<Value>()
  const label = questionWords(t, answer.question)
  const say = async (value: Value, said = note) => {
    setPending(value)
    try {
      const next = await call('PUT /leads/{leadId}/answers/{questionId}', {
        params: { leadId: lead.id, questionId: answer.question.id },
        body: { answer: value === 'open' ? null : value, note: said.trim() || null },
      })
      queries.setQueryData(qualificationQuery(lead.id).queryKey, next)
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      setPending(undefined)
    }
  }
  const who = members.find(({ id }) => id === answer.by?.id)?.name
  return (
    <li className="grid gap-1.5">
      <span className="text-sm font-medium">
        <bdi>{label}</bdi>
      </span>
      {may ? (
        <SegmentedControl<Value>
          label={label}
          value={pending ?? answer.answer ?? 'open'}
          onChange={(value) => void say(value)}
          options={(['open', 'yes', 'no', 'unsure'] as const).map((value) => ({ value, label: t(`answer/${value}`) }))}
        />
      ) : (
        <span className="text-sm">{t(`answer/${answer.answer ?? 'open'}`)}</span>
      )}
      {may && answer.answer !== null && (
        <TextField
          label={t('answerNote', { question: label })}
          quiet
          placeholder={t('answerNoteHint')}
          maxLength={500}
          value={note}
          onChange={setNote}
          onBlur={() => {
            if (note.trim() !== (answer.note ?? '')) void say(answer.answer ?? 'open')
          }}
        />
      )}
      {!may && answer.note && <bdi className="text-sm text-ink-2">{answer.note}</bdi>}
      {answer.at && (
        <span className="text-xs text-ink-3">
          {who && <bdi>{who}, </bdi>}
          <Ago at={answer.at} />
        </span>
      )}
    </li>
  )
}

function Score({ qualification }: { readonly qualification: Qualification }) {
  const t = useWords(leadsWords)
  const formats = useFormats()
  const { currency } = useWorkspace()
  const { score } = qualification
  const questions = qualification.answers.map(({ question }) => question)
  if (!score.allowed) {
    return (
      <Section title={t('score')}>
        <Note icon="shield">{t('scoreRefused')}</Note>
      </Section>
    )
  }
  return (
    <Section title={t('score')} note={t('scoreOf', { points: formats.number(score.points ?? 0), most: formats.number(score.most ?? 0) })}>
      <ul className="grid gap-1.5 text-sm">
        {score.reasons.map(({ rule, met }) => (
          <li key={rule.id} className={met ? 'flex items-baseline gap-2' : 'flex items-baseline gap-2 text-ink-3'}>
            <Icon name={met ? 'check' : 'minus'} size="sm" />
            <span className="min-w-0 flex-1">
              <span className="sr-only">{t(met ? 'met' : 'notMet')} </span>
              {ruleWords(t, formats, rule.when, questions, currency)}
            </span>
            <span className="figures">{rule.points > 0 ? `+${formats.number(rule.points)}` : formats.number(rule.points)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
