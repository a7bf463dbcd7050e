import { languageName, locales } from '@frontdesk/i18n'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ApiProblem, call } from '../../../lib/api.ts'
import { useFormats, useReader, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { type KitWording, kitQuery } from './queries.ts'
import { consentWords } from './words.ts'

/** Where the name and number of the business are filled in. */
const sign = '{business}'

type Locale = (typeof locales)[number]
export type OwnWordingSheetProps = { readonly wordingKey: KitWording['key']; readonly onClose: () => void }

/** The business's own words for one consent, language by language, and the way back to the ready ones. */
export function OwnWordingSheet({ wordingKey, onClose }: OwnWordingSheetProps) {
  const t = useWords(consentWords)
  const { locale: reader } = useReader()
  const id = useId()
  const [locale, setLocale] = useState<Locale>(locales.find((one) => one === reader) ?? 'en')
  const [sending, setSending] = useState(false)
  const kit = useQuery(kitQuery(locale)).data
  const wording = kit?.wordings.find(({ key }) => key === wordingKey)
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('ownTitle', { what: t(`kit/${wordingKey}`) })}
      description={t('ownText')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={sending} disabled={!wording}>
            {t('ownSave')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Select
          label={t('language')}
          value={locale}
          onChange={(value) => setLocale(locales.find((one) => one === value) ?? locale)}
          options={locales.map((one) => ({ value: one as string, label: languageName(one) }))}
        />
        {wording ? (
          <OwnWordingForm
            key={`${locale} ${wording.edition}`}
            id={id}
            wording={wording}
            locale={locale}
            onSending={setSending}
            onSaved={onClose}
          />
        ) : (
          <TextSkeleton lines={6} />
        )}
      </div>
    </Sheet>
  )
}

type FormProps = {
  readonly id: string
  readonly wording: KitWording
  readonly locale: Locale
  readonly onSending: (sending: boolean) => void
  readonly onSaved: () => void
}

function OwnWordingForm({ id, wording, locale, onSending, onSaved }: FormProps) {
  const t = useWords(consentWords)
  const { list } = useFormats()
  const queries = useQueryClient()
  const notices = useNotices()
  const [missing, setMissing] = useState<Missing>()
  const version = wording.own?.edition ?? 0
  const form = useForm({
    start: wording.texts,
    draft: `wording.${wording.key}.${locale}.${version}`,
    check: ({ written, spoken }) => ({
      written: isBlank(written) ? t('ownEmpty') : undefined,
      spoken: isBlank(spoken) ? t('ownEmpty') : undefined,
    }),
    send: async (texts) => {
      setMissing(undefined)
      onSending(true)
      try {
        await call('PUT /consent-kit/wordings/{key}/{locale}', { params: { key: wording.key, locale }, body: texts, version })
        await queries.invalidateQueries({ queryKey: ['consent-kit'] })
        notices.show({ tone: 'ok', text: t('ownSaved') })
        onSaved()
      } catch (error) {
        setMissing(missingIn(error))
        throw error
      } finally {
        onSending(false)
      }
    },
    onRefusal: ({ slug }) => slug === 'privacy/wording-incomplete',
  })
  const lacks = (elements: readonly string[]) =>
    elements.length === 0
      ? undefined
      : t('ownMissing', { what: list(wording.needs.filter((one) => elements.includes(one)).map((one) => t(`needs/${one}`))) })
  return (
    <Form form={form} id={id} label={t('ownTitle', { what: t(`kit/${wording.key}`) })}>
      <p className="text-sm text-ink-2">{t('ownNeeds', { what: list(wording.needs.map((one) => t(`needs/${one}`))) })}</p>
      {missing && missing.written.length + missing.spoken.length === 0 && (
        <Note tone="no" role="alert">
          {t('ownStray', { sign })}
        </Note>
      )}
      <TextArea
        label={t('ownWritten')}
        hint={t('ownHint', { sign })}
        rows={6}
        maxLength={1000}
        {...form.field('written')}
        error={form.field('written').error ?? lacks(missing?.written ?? [])}
      />
      <TextArea
        label={t('ownSpoken')}
        rows={6}
        maxLength={1000}
        {...form.field('spoken')}
        error={form.field('spoken').error ?? lacks(missing?.spoken ?? [])}
      />
      {wording.own && <BackToReady wording={wording} locale={locale} onDone={onSaved} />}
      <FormProblem />
    </Form>
  )
}

/** The ready words, to be seen before one goes back to them. */
function BackToReady({ wording, locale, onDone }: Pick<FormProps, 'wording' | 'locale'> & { readonly onDone: () => void }) {
  const t = useWords(consentWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    try {
      await call('DELETE /consent-kit/wordings/{key}/{locale}', {
        params: { key: wording.key, locale },
        version: wording.own?.edition ?? 0,
      })
      await queries.invalidateQueries({ queryKey: ['consent-kit'] })
      notices.show({ tone: 'ok', text: t('readyAgain') })
      onDone()
    } catch (error) {
      notices.show({ tone: 'no', text: t('kitFailed', { reason: explain(error).message }) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <details className="rounded-lg border border-line px-4 py-2 text-sm open:pb-4">
      <summary className="min-h-(--control-sm) cursor-pointer content-center font-medium">{t('readyWords')}</summary>
      <blockquote lang={locale} className="mt-1 rounded-md bg-sunken px-3 py-2">
        {wording.ready.written}
      </blockquote>
      <p className="pt-3">
        <Button icon="undo" busy={busy} onClick={() => void go()}>
          {t('useReady')}
        </Button>
      </p>
    </details>
  )
}

type Missing = { readonly written: readonly string[]; readonly spoken: readonly string[] }

/** What the server says is missing, by form. */
function missingIn(error: unknown): Missing | undefined {
  if (!(error instanceof ApiProblem) || error.slug !== 'privacy/wording-incomplete') return undefined
  const { missing } = error.details as { readonly missing?: Missing }
  return missing ?? { written: [], spoken: [] }
}
