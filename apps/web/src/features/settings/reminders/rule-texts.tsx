import { languageName } from '@frontdesk/i18n'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import type { FormState } from '../../../ui/form.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { previewQuery } from './queries.ts'
import { amountFits, bodyOf, fieldsShown, type RuleValues, type TextLocale, textFault, textLocales } from './rule-form.ts'
import { reminderWords } from './words.ts'

/** How long nothing was typed before the preview is made anew. */
const REST_MS = 400

export type RuleTextsProps = {
  readonly form: FormState<RuleValues>
  readonly locale: TextLocale
  readonly onLocale: (locale: TextLocale) => void
}

/** What a reminder says in each language, and how it then reads. */
export function RuleTexts({ form, locale, onLocale }: RuleTextsProps) {
  const t = useWords(reminderWords)
  const own = form.values.texts[locale]
  const set = (change: Partial<typeof own>) => form.set({ texts: { ...form.values.texts, [locale]: { ...own, ...change } } })
  return (
    <fieldset className="grid gap-4 border-t border-line pt-4">
      <legend className="sr-only">{t('text')}</legend>
      <div className="grid gap-1">
        <h3 className="font-strong">{t('text')}</h3>
        <p className="text-sm text-ink-2">{t('textIntro')}</p>
      </div>
      <SegmentedControl
        label={t('language')}
        value={locale}
        onChange={onLocale}
        options={textLocales.map((value) => ({ value, label: languageName(value) }))}
      />
      <TextField
        label={t('subject')}
        optional
        maxLength={120}
        autoComplete="off"
        name={`subject-${locale}`}
        value={own.subject}
        onChange={(subject) => set({ subject })}
        error={textFault(form.faults, locale, 'subject')}
      />
      <TextArea
        label={t('body')}
        hint={t('fieldsHint', { fields: fieldsShown })}
        optional
        rows={4}
        maxLength={2000}
        name={`body-${locale}`}
        value={own.body}
        onChange={(body) => set({ body })}
        error={textFault(form.faults, locale, 'body')}
      />
      <Preview values={form.values} locale={locale} />
    </fieldset>
  )
}

function Preview({ values, locale }: { readonly values: RuleValues; readonly locale: TextLocale }) {
  const t = useWords(reminderWords)
  const explain = useExplain()
  const notices = useNotices()
  const [rested, setRested] = useState(values)
  const [sending, setSending] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setRested(values), REST_MS)
    return () => clearTimeout(timer)
  }, [values])
  const usable = amountFits(rested) && (rested.which === 'all' || rested.serviceIds.length > 0)
  const asked = useQuery({ ...previewQuery(bodyOf(rested)), enabled: usable, placeholderData: (before) => before })
  const shown = asked.data?.items.find((preview) => preview.locale === locale)
  const test = async () => {
    setSending(true)
    try {
      const { sentTo } = await call('POST /reminder-rules/test', { body: { rule: bodyOf(values), locale } })
      notices.show({ tone: 'ok', text: t('tested', { address: sentTo }) })
    } catch (error) {
      notices.show({ tone: 'no', text: t('failed', { reason: explain(error).message }) })
    } finally {
      setSending(false)
    }
  }
  return (
    <section aria-label={t('preview')} className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h4 className="flex-1 text-sm font-medium">{t('preview')}</h4>
        <Button size="sm" icon="send" busy={sending} disabled={!usable} onClick={() => void test()}>
          {t('test')}
        </Button>
      </div>
      {!usable && <p className="text-sm text-ink-3">{t('previewWaits')}</p>}
      {usable && asked.isPending && <TextSkeleton lines={5} />}
      {usable && asked.isError && (
        <Note tone="no" role="status">
          {t('previewFailed', { reason: Object.values(explain(asked.error).faults)[0] ?? explain(asked.error).message })}
        </Note>
      )}
      {usable && shown && !asked.isError && (
        <div lang={locale} className="grid gap-2 rounded-md border border-line bg-surface p-3 text-sm">
          <p className="font-medium wrap-anywhere">{shown.subject}</p>
          <p className="wrap-anywhere whitespace-pre-wrap text-ink-2">{shown.text.trim()}</p>
        </div>
      )}
      <p className="text-xs text-ink-3">{t('discreetNote')}</p>
    </section>
  )
}
