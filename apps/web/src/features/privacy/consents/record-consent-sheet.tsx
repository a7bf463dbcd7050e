import { languageName, locales } from '@frontdesk/i18n'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import type { Contact } from '../../contacts/queries.ts'
import { useWayWords } from './consent-card.tsx'
import { dayOf, momentOf } from './consent-day.ts'
import { ProofField } from './proof-field.tsx'
import { LARGEST_PROOF_BYTES, readFile } from './proof-file.ts'
import { type KitWording, kitQuery } from './queries.ts'
import { consentWords } from './words.ts'

const kinds = { email: 'email', sms: 'phone', call: 'phone' } as const
const kindOf = (channel: KitWording['channel']) => (channel in kinds ? kinds[channel as keyof typeof kinds] : null)

/** Records a consent that was spoken to somebody here, or that is on a paper. */
export function RecordConsentSheet({ contact, onClose }: { readonly contact: Contact; readonly onClose: () => void }) {
  const t = useWords(consentWords)
  const way = useWayWords()
  const id = useId()
  const notices = useNotices()
  const queries = useQueryClient()
  const { locale: reader } = useReader()
  const { zone } = useWorkspace()
  const today = dayOf(Date.now(), zone)
  const [file, setFile] = useState<File>()
  const first: KitWording['key'] = 'ai_calls_bookings'
  const form = useForm({
    start: {
      how: 'spoken' as 'spoken' | 'paper' | 'mail',
      key: first as string,
      locale: (locales.find((one) => contact.locale?.startsWith(one)) ?? reader) as string,
      pointId: '',
      day: today,
      place: '',
      signedName: '',
      file: '',
    },
    check: ({ how }) => ({
      file: how === 'paper' && !file ? t('fileMissing') : file && file.size > LARGEST_PROOF_BYTES ? t('fileTooLarge') : undefined,
    }),
    beside: { 'privacy/proof-missing': 'file', 'files/refused': 'file' },
    send: async ({ how, locale, day, place, signedName }, key) => {
      if (!wording) return
      if (how === 'mail') {
        await call('POST /contacts/{contactId}/consents/invite', {
          params: { contactId: contact.id },
          body: { key: wording.key, locale, ...(point ? { pointId: point.id } : {}) },
          idempotencyKey: key,
        })
        await queries.invalidateQueries({ queryKey: ['contacts'] })
        notices.show({ tone: 'ok', text: t('invited', { name: contact.name, way: way(wording) }) })
        onClose()
        return
      }
      await call('POST /contacts/{contactId}/consents', {
        params: { contactId: contact.id },
        body: {
          how,
          wording: { key: wording.key, locale },
          ...(point ? { pointId: point.id } : {}),
          ...(day === today ? {} : { at: momentOf(day, zone) }),
          ...(place.trim() ? { place: place.trim() } : {}),
          ...(how === 'paper' && signedName.trim() ? { signedName: signedName.trim() } : {}),
          ...(file ? { proof: await readFile(file) } : {}),
        },
        idempotencyKey: key,
      })
      await queries.invalidateQueries({ queryKey: ['contacts'] })
      notices.show({ tone: 'ok', text: t('saved', { way: way(wording) }) })
      onClose()
    },
  })
  const { how, key, locale } = form.values
  const kit = useQuery(kitQuery(locale)).data
  const wording = kit?.wordings.find((one) => one.key === key)
  const kind = wording ? kindOf(wording.channel) : null
  const points = contact.points.filter((one) => one.kind === kind)
  const point = points.find((one) => one.id === form.values.pointId) ?? points.find((one) => one.preferred) ?? points[0]
  const lacksPoint = kind !== null && !point
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('sheet')}
      description={t('sheetFor', { name: contact.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending} disabled={!wording || lacksPoint}>
            {t(how === 'mail' ? 'invite' : 'save')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('sheet')}>
        <SegmentedControl
          wide
          label={t('how', { name: contact.name })}
          value={how}
          onChange={(value) => form.set({ how: value })}
          options={[
            { value: 'spoken', label: t('form/spoken') },
            { value: 'paper', label: t('form/paper') },
            { value: 'mail', label: t('form/mail') },
          ]}
        />
        <Select
          label={t('wording')}
          {...form.field('key')}
          options={(kit?.wordings ?? []).map((one) => ({ value: one.key, label: t(`kit/${one.key}`) }))}
          hint={wording?.waitsFor ? t(`waits/${wording.waitsFor}`) : undefined}
        />
        {kind && lacksPoint && <Note tone="wait">{t('noPoint', { kind: t(`noPoint/${kind}`), name: contact.name })}</Note>}
        {points.length > 1 && point && (
          <Select
            label={t('point')}
            {...form.field('pointId')}
            value={point.id}
            options={points.map((one) => ({ value: one.id, label: one.shown }))}
          />
        )}
        <Select
          label={t('language')}
          {...form.field('locale')}
          options={locales.map((one) => ({ value: one as string, label: languageName(one) }))}
        />
        {wording && (
          <figure className="grid gap-1">
            <figcaption className="text-sm font-medium">
              {t(how === 'spoken' ? 'read' : how === 'paper' ? 'signedThis' : 'inviteHint', { name: contact.name })}
            </figcaption>
            <blockquote lang={locale} className="rounded-md bg-sunken px-3 py-2 text-sm">
              {how === 'spoken' ? wording.spoken : wording.written}
            </blockquote>
          </figure>
        )}
        {how !== 'mail' && (
          <>
            <DateField label={t('day')} max={today} {...form.field('day')} />
            <TextField label={t('where')} hint={t('whereHint')} optional maxLength={200} {...form.field('place')} />
            {how === 'paper' && <TextField label={t('signedName')} optional maxLength={200} {...form.field('signedName')} />}
            <ProofField
              label={how === 'paper' ? t('file') : t('clip')}
              optional={how === 'spoken'}
              hint={file ? t('chosen', { name: file.name }) : t('fileHint')}
              error={form.field('file').error}
              onChoose={(chosen) => {
                setFile(chosen)
                form.set({ file: chosen?.name ?? '' })
              }}
            />
          </>
        )}
        <FormProblem />
      </Form>
    </Sheet>
  )
}
