import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox, RadioGroup } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { settingsWords } from '../../settings/words.ts'
import type { PolicyDraft } from './queries.ts'
import { policiesWords } from './words.ts'

type Values = {
  readonly weight: 'minor' | 'notable' | 'material'
  readonly asks: boolean
  readonly key: string
  readonly en: string
  readonly es: string
  readonly fr: string
}

const says = ['en', 'es', 'fr'] as const

/** Publishes what was looked at: how much it matters, and whether data are to be used for something new. */
export function PublishDialog({ draft, onClose }: { readonly draft: PolicyDraft; readonly onClose: () => void }) {
  const t = useWords(policiesWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const { kind, current, seal } = draft
  const version = (current?.version ?? 0) + 1
  const form = useForm<Values>({
    start: { weight: 'minor', asks: false, key: '', en: '', es: '', fr: '' },
    check: ({ asks, key, ...values }) =>
      asks
        ? {
            key: /^[a-z][a-z_]{2,39}$/.test(key) ? undefined : t('newUseKeyWrong'),
            ...Object.fromEntries(says.map((one) => [one, values[one].trim() === '' ? shared('needed') : undefined])),
          }
        : {},
    send: async ({ weight, asks, key, en, es, fr }, idempotencyKey) => {
      const newUse = asks ? { newUse: { key, says: { en: en.trim(), es: es.trim(), fr: fr.trim() } } } : {}
      await call('POST /policies/{kind}/versions', {
        params: { kind },
        body: { weight: asks ? 'material' : weight, seal, ...newUse },
        idempotencyKey,
      })
      await queries.invalidateQueries({ queryKey: ['policies'] })
      notices.show({ tone: 'ok', text: t('published', { version: String(version) }) })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="md"
      title={t('publishTitle', { version: String(version) })}
      description={t('publishIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('publish')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('publish')}>
        {current && !form.values.asks && (
          <RadioGroup
            label={t('weight')}
            look="boxes"
            {...form.field('weight')}
            choices={(['minor', 'notable', 'material'] as const).map((value) => ({
              value,
              label: t(`weight/${value}`),
              note: t(`about/${value}`),
            }))}
          />
        )}
        {kind === 'privacy' && current && (
          <>
            <Checkbox label={t('newUse')} hint={t('newUseHint')} {...form.field('asks')} />
            {form.values.asks && (
              <>
                <TextField label={t('newUseKey')} hint={t('newUseKeyHint')} maxLength={40} autoComplete="off" {...form.field('key')} />
                {says.map((one) => (
                  <TextField key={one} label={t(`newUseSays/${one}`)} maxLength={500} {...form.field(one)} />
                ))}
              </>
            )}
          </>
        )}
        <FormProblem />
      </Form>
    </Dialog>
  )
}
