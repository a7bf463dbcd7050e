import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { newKey } from '../../../lib/keys.ts'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { SaveBar } from '../../settings/business/save-bar.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { type Training, trainingQuery } from './team-queries.ts'
import { teamWords } from './team-words.ts'

const rules = ['1', '2', '3', '4', '5', '6', '7'] as const

/** The rules for personal data: hers to confirm, and for those who look after it who is due. */
export function TrainingSection() {
  const t = useWords(teamWords)
  const { role } = useWorkspace()
  const may = role === 'owner' || role === 'privacy_officer'
  const asked = useQuery(trainingQuery)
  return (
    <>
      <Section title={t('training')} intro={t('trainingIntro')}>
        <ol className="grid max-w-[64ch] list-decimal gap-1.5 ps-5 text-sm">
          {rules.map((rule) => (
            <li key={rule}>{t(`rule/${rule}`)}</li>
          ))}
        </ol>
        <Asked asked={asked} lines={2}>
          {(training) => <Mine training={training} />}
        </Asked>
      </Section>
      {may && asked.data && <Everybody key={asked.data.version} training={asked.data} />}
    </>
  )
}

function Mine({ training }: { readonly training: Training }) {
  const t = useWords(teamWords)
  const formats = useFormats()
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const [busy, setBusy] = useState(false)
  const { mine } = training
  if (!mine) return null
  const due = formats.plainDate(mine.dueOn)
  const confirm = async () => {
    setBusy(true)
    try {
      const saved = await call('POST /team-training/acknowledgement', {
        body: { textVersion: training.textVersion },
        idempotencyKey: newKey(),
      })
      queries.setQueryData(trainingQuery.queryKey, saved)
      notices.show({ tone: 'ok', text: t('confirmed', { date: saved.mine ? formats.plainDate(saved.mine.dueOn) : '' }) })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="grid justify-items-start gap-2">
      <Note tone={mine.overdue ? 'no' : mine.acknowledgedAt ? 'ok' : 'wait'}>
        {mine.overdue
          ? t('mineOverdue', { due })
          : mine.acknowledgedAt
            ? t('mineOn', { date: formats.date(mine.acknowledgedAt), due })
            : t('mineNever', { due })}
      </Note>
      <Button variant={mine.overdue || !mine.acknowledgedAt ? 'solid' : 'plain'} busy={busy} onClick={() => void confirm()}>
        {t('confirm')}
      </Button>
    </div>
  )
}

function Everybody({ training }: { readonly training: Training }) {
  const t = useWords(teamWords)
  const shared = useWords(settingsWords)
  const formats = useFormats()
  const queries = useQueryClient()
  const notices = useNotices()
  const start = { everyMonths: String(training.everyMonths), suspendWhenOverdue: training.suspendWhenOverdue }
  const form = useForm({
    start,
    check: ({ everyMonths }) => ({ everyMonths: /^([1-9]|[12]\d|3[0-6])$/.test(everyMonths.trim()) ? undefined : t('monthsWrong') }),
    send: async ({ everyMonths, suspendWhenOverdue }, key) => {
      const body = { everyMonths: Number(everyMonths), suspendWhenOverdue }
      queries.setQueryData(
        trainingQuery.queryKey,
        await call('PUT /team-training', { body, version: training.version, idempotencyKey: key }),
      )
      notices.show({ tone: 'ok', text: shared('saved') })
    },
  })
  const changed = form.values.everyMonths !== start.everyMonths || form.values.suspendWhenOverdue !== start.suspendWhenOverdue
  return (
    <Section title={t('members')}>
      <ul className="grid divide-y divide-line">
        {training.members.map((member) => (
          <li key={member.memberId} className="flex flex-wrap items-center gap-2 py-2 text-sm">
            <bdi className="min-w-0 flex-1 wrap-anywhere">{member.name}</bdi>
            <span className="text-xs text-ink-3">
              {member.acknowledgedAt ? formats.date(member.acknowledgedAt) : t('never')} ·{' '}
              {t('dueOn', { date: formats.plainDate(member.dueOn) })}
            </span>
            {member.overdue && <Badge tone="no">{t('overdue')}</Badge>}
          </li>
        ))}
      </ul>
      <Form form={form} label={t('members')}>
        <div className="max-w-48">
          <TextField label={t('everyMonths')} inputMode="numeric" maxLength={2} figures {...form.field('everyMonths')} />
        </div>
        <Checkbox label={t('suspend')} {...form.field('suspendWhenOverdue')} />
        <FormProblem />
        <SaveBar changed={changed} sending={form.sending} restored={form.restored} onDiscard={form.reset} />
      </Form>
    </Section>
  )
}
