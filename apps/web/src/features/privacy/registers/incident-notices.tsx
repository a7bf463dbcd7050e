import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { newKey } from '../../../lib/keys.ts'
import { useExplain } from '../../../lib/problems.ts'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../../settings/words.ts'
import type { IncidentCase } from './incident-queries.ts'
import { incidentWords } from './incident-words.ts'
import { useSaveIncident } from './use-save-incident.ts'

const languages = ['en', 'es', 'fr'] as const
type Language = (typeof languages)[number]
type Values = Readonly<Record<`${Language}Subject` | `${Language}Text`, string>>

/** The drafted notice in three languages, and the button that sends it. */
export function IncidentNotices({ incident, may }: { readonly incident: IncidentCase; readonly may: boolean }) {
  const t = useWords(incidentWords)
  const shared = useWords(settingsWords)
  const explain = useExplain()
  const toasts = useNotices()
  const save = useSaveIncident(incident.id)
  const [language, setLanguage] = useState<Language>('en')
  const [asking, setAsking] = useState(false)
  const { en, es, fr } = incident.notices
  const start: Values = {
    enSubject: en.subject,
    enText: en.text,
    esSubject: es.subject,
    esText: es.text,
    frSubject: fr.subject,
    frText: fr.text,
  }
  const form = useForm<Values>({
    start,
    check: (values) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isBlank(value) ? shared('needed') : undefined])),
    send: (values, key) =>
      save(
        call('PUT /breaches/{breachId}/notices', {
          params: { breachId: incident.id },
          body: {
            en: { subject: values.enSubject, text: values.enText },
            es: { subject: values.esSubject, text: values.esText },
            fr: { subject: values.frSubject, text: values.frText },
          },
          version: incident.version,
          idempotencyKey: key,
        }),
      ),
  })
  const changed = Object.entries(start).some(([name, value]) => form.values[name as keyof Values] !== value)
  const editable = may && incident.telling === 'none'
  const { waiting } = incident.counts
  const tell = async () => {
    setAsking(false)
    try {
      await save(call('POST /breaches/{breachId}/telling', { params: { breachId: incident.id }, body: {}, idempotencyKey: newKey() }))
    } catch (error) {
      toasts.show({ tone: 'no', text: explain(error).message })
    }
  }
  return (
    <Section title={t('notices')} intro={t('noticesIntro')}>
      <div>
        <SegmentedControl
          label={t('language')}
          value={language}
          onChange={setLanguage}
          options={languages.map((value) => ({ value, label: t(`language/${value}`) }))}
        />
      </div>
      {editable ? (
        <Form form={form} label={t('notices')}>
          <TextField label={t('subject')} maxLength={200} {...form.field(`${language}Subject`)} />
          <TextArea label={t('text')} hint={t('textHint', { name: '{name}' })} maxLength={10_000} {...form.field(`${language}Text`)} />
          <FormProblem />
          {changed && (
            <div className="flex gap-2">
              <Button variant="solid" type="submit" busy={form.sending}>
                {t('saveNotices')}
              </Button>
              <Button onClick={form.reset}>{shared('discard')}</Button>
            </div>
          )}
        </Form>
      ) : (
        <div className="grid gap-1 rounded-md bg-sunken px-3 py-2 text-sm" lang={language}>
          <span className="font-medium">{incident.notices[language].subject}</span>
          <p className="wrap-anywhere whitespace-pre-line">{incident.notices[language].text}</p>
        </div>
      )}
      {incident.telling === 'running' && (
        <p role="status" className="text-sm text-ink-3">
          {t('telling')}
        </p>
      )}
      {may && waiting > 0 && incident.telling !== 'running' && (
        <div className="flex flex-wrap items-center gap-3">
          <Button variant="solid" icon="send" disabled={incident.risk === null || changed} onClick={() => setAsking(true)}>
            {t('tell', { count: waiting })}
          </Button>
          {incident.risk === null && <span className="text-sm text-ink-3">{t('riskFirst')}</span>}
        </div>
      )}
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsking(false)}
          title={t('tellAsk')}
          description={t('tellText')}
          action={t('tell', { count: waiting })}
          onConfirm={() => void tell()}
        />
      )}
    </Section>
  )
}
