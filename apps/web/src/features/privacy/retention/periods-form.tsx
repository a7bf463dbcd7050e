import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { SaveBar } from '../../settings/business/save-bar.tsx'
import { settingsWords } from '../../settings/words.ts'
import { type Retention, type RetentionRule, retentionQuery } from './queries.ts'
import { retentionWords } from './words.ts'

type Rule = RetentionRule['rule']
type Values = Readonly<Record<Rule, string>>

/** The periods, in days, each with its bounds and what it comes from. */
export function PeriodsForm({ retention, may }: { readonly retention: Retention; readonly may: boolean }) {
  const t = useWords(retentionWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { rules, version } = retention
  const start = Object.fromEntries(rules.map(({ rule, days }) => [rule, String(days)])) as Values
  const form = useForm<Values>({
    start,
    check: (values) =>
      Object.fromEntries(
        rules.map(({ rule, leastDays, mostDays }) => {
          const days = Number(values[rule])
          const fits = /^\d+$/.test(values[rule].trim()) && days >= leastDays && days <= mostDays
          if (!fits) return [rule, t('bounds', { least: leastDays, most: mostDays })]
          return [rule, rule === 'mail' && days > Number(values.conversation) ? t('mailTooLong') : undefined]
        }),
      ),
    send: async (values, key) => {
      const body = Object.fromEntries(rules.map(({ rule }) => [rule, Number(values[rule])])) as Record<Rule, number>
      const saved = await call('PUT /retention', { body, version, idempotencyKey: key })
      queries.setQueryData(retentionQuery.queryKey, saved)
      notices.show({ tone: 'ok', text: saved.confirmedAt ? shared('saved') : t('savedUnconfirmed') })
    },
  })
  const changed = rules.some(({ rule }) => form.values[rule] !== start[rule])
  return (
    <Form form={form} label={t('periods')}>
      <ul className="grid divide-y divide-line">
        {rules.map((one) => (
          <li key={one.rule} className="grid gap-x-6 gap-y-2 py-3 desk:grid-cols-[minmax(0,1fr)_10rem]">
            <div className="grid content-start gap-1 text-sm">
              <span className="font-medium">{t(`rule/${one.rule}`)}</span>
              <span className="text-ink-2">{t(`about/${one.rule}`)}</span>
              <span className="text-xs text-ink-3">
                {t(`criterion/${one.criterion}`)}
                {one.law && ` · ${one.law.name}. ${one.law.source}`}
              </span>
            </div>
            {may ? (
              <TextField
                label={t('daysOf', { rule: t(`rule/${one.rule}`) })}
                quiet
                inputMode="numeric"
                maxLength={5}
                figures
                after={t('unit')}
                hint={t('usual', { count: one.usualDays })}
                {...form.field(one.rule)}
              />
            ) : (
              <span className="text-sm desk:text-end">{t('days', { count: one.days })}</span>
            )}
          </li>
        ))}
      </ul>
      <SaveBar changed={changed} sending={form.sending} restored={form.restored} onDiscard={form.reset} />
    </Form>
  )
}
