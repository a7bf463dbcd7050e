import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { RadioGroup } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank, looksLikeEmail } from '../../accounts/checks.ts'
import { settingsWords } from '../words.ts'
import { careWords } from './care-words.ts'
import type { Suppression } from './queries.ts'

type StopValues = {
  readonly kind: Suppression['kind']
  readonly value: string
  readonly scope: Suppression['scope']
  readonly cause: 'asked' | 'member'
}

/** Puts an address or a number on the list. */
export function AddStopDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useWords(careWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm<StopValues>({
    start: { kind: 'email', value: '', scope: 'all', cause: 'asked' },
    // An address that asks to be left alone is not kept on this computer.
    draft: 'suppression',
    secret: ['value'],
    check: ({ kind, value }) => ({
      value: isBlank(value) ? shared('needed') : kind === 'email' && !looksLikeEmail(value) ? shared('emailWrong') : undefined,
    }),
    send: async ({ kind, value, scope, cause }, key) => {
      await call('POST /suppressions', { body: { kind, value: value.trim(), scope, cause }, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: ['privacy'] })
      notices.show({ tone: 'ok', text: t('added') })
      onClose()
    },
    beside: { 'contacts/not-a-phone-number': 'value' },
  })
  const { kind } = form.values
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('add')}
      description={t('addIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('addDo')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('add')}>
        <SegmentedControl
          label={t('addKind')}
          value={kind}
          onChange={(next) => form.set({ kind: next })}
          options={[
            { value: 'email', label: t('kindEmail'), icon: 'mail' },
            { value: 'phone', label: t('kindPhone'), icon: 'phone' },
          ]}
        />
        <TextField
          label={kind === 'email' ? t('value') : t('number')}
          type={kind === 'email' ? 'email' : 'tel'}
          autoComplete="off"
          autoFocus
          {...form.field('value')}
        />
        <Select
          label={t('addScope')}
          {...form.field('scope')}
          options={(['all', 'channel', 'marketing', 'texts', 'calls'] as const).map((scope) => ({
            value: scope,
            label: t(`scope/${scope}`),
          }))}
        />
        <Select
          label={t('addCause')}
          {...form.field('cause')}
          options={(['asked', 'member'] as const).map((cause) => ({ value: cause, label: t(`cause/${cause}`) }))}
        />
        <FormProblem />
      </Form>
    </Dialog>
  )
}

type LiftValues = { readonly because: 'person_asked' | 'mistake'; readonly note: string }

/** Lifts a stop, with the reason why. */
export function LiftDialog({ stop, onClose }: { readonly stop: Suppression; readonly onClose: () => void }) {
  const t = useWords(careWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm<LiftValues>({
    start: { because: 'person_asked', note: '' },
    send: async ({ because, note }, key) => {
      const body = { because, ...(isBlank(note) ? {} : { note: note.trim() }) }
      await call('POST /suppressions/{suppressionId}/lift', { params: { suppressionId: stop.id }, body, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: ['privacy'] })
      notices.show({ tone: 'ok', text: t('liftDone') })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('liftTitle')}
      description={t('liftIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('lift')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('liftTitle')}>
        <RadioGroup
          label={t('liftBecause')}
          {...form.field('because')}
          choices={(['person_asked', 'mistake'] as const).map((because) => ({ value: because, label: t(`because/${because}`) }))}
        />
        <TextField label={t('liftNote')} hint={t('liftNoteHint')} optional maxLength={300} {...form.field('note')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
