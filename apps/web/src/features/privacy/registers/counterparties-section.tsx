import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { More } from '../../../ui/table.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { type Counterparty, counterpartiesQuery } from './queries.ts'
import { ScreeningButton } from './screening-button.tsx'
import { registerWords } from './words.ts'

/** Suppliers and partners with their contracts. */
export function CounterpartiesSection({ may }: { readonly may: boolean }) {
  const t = useWords(registerWords)
  const asked = useInfiniteQuery(counterpartiesQuery)
  const [writing, setWriting] = useState<Counterparty | 'new'>()
  return (
    <Section
      title={t('counterparties')}
      intro={t('counterpartiesIntro')}
      actions={
        may && (
          <Button icon="plus" onClick={() => setWriting('new')}>
            {t('addCounterparty')}
          </Button>
        )
      }
    >
      <Asked asked={asked} lines={2}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon="building">{t('counterpartiesEmpty')}</EmptyState>
          ) : (
            <>
              <ul className="grid divide-y divide-line">
                {rowsOf(data).map((one) => (
                  <Row key={one.id} one={one} onWrite={may ? () => setWriting(one) : undefined} />
                ))}
              </ul>
              <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
            </>
          )
        }
      </Asked>
      {writing && <CounterpartyDialog one={writing === 'new' ? undefined : writing} onClose={() => setWriting(undefined)} />}
    </Section>
  )
}

function Row({ one, onWrite }: { readonly one: Counterparty; readonly onWrite: (() => void) | undefined }) {
  const t = useWords(registerWords)
  const formats = useFormats()
  const vars = { contract: one.contractRef, signed: formats.plainDate(one.signedOn) }
  return (
    <li className="flex flex-wrap items-center gap-3 py-3 text-sm">
      <span className="grid min-w-48 flex-1 gap-0.5">
        <bdi className="font-medium wrap-anywhere">{one.name}</bdi>
        <span className="text-xs text-ink-3">
          {one.endsOn ? t('signedEnds', { ...vars, ends: formats.plainDate(one.endsOn) }) : t('signedOpen', vars)}
        </span>
        {(one.representative || one.email) && (
          <bdi className="text-xs wrap-anywhere text-ink-3">{[one.representative, one.email].filter(Boolean).join(', ')}</bdi>
        )}
        {one.deletedOn && <span className="text-xs text-ink-3">{t('deletedOn', { date: formats.plainDate(one.deletedOn) })}</span>}
      </span>
      {onWrite && <ScreeningButton one={one} />}
      {onWrite && (
        <Button size="sm" onClick={onWrite}>
          {t('change')}
        </Button>
      )}
    </li>
  )
}

function CounterpartyDialog({ one, onClose }: { readonly one: Counterparty | undefined; readonly onClose: () => void }) {
  const t = useWords(registerWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm({
    start: {
      name: one?.name ?? '',
      representative: one?.representative ?? '',
      email: one?.email ?? '',
      contractRef: one?.contractRef ?? '',
      signedOn: one?.signedOn ?? '',
      endsOn: one?.endsOn ?? '',
    },
    check: (values) => ({
      name: isBlank(values.name) ? shared('needed') : undefined,
      contractRef: isBlank(values.contractRef) ? shared('needed') : undefined,
      signedOn: isBlank(values.signedOn) ? shared('needed') : undefined,
    }),
    send: async (values, key) => {
      const body = {
        name: values.name.trim(),
        contractRef: values.contractRef.trim(),
        signedOn: values.signedOn,
        representative: values.representative.trim() || null,
        email: values.email.trim() || null,
        endsOn: values.endsOn || null,
      }
      if (one)
        await call('PUT /counterparties/{counterpartyId}', {
          params: { counterpartyId: one.id },
          body,
          version: one.version,
          idempotencyKey: key,
        })
      else await call('POST /counterparties', { body, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: counterpartiesQuery.queryKey })
      notices.show({ tone: 'ok', text: shared('saved') })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('counterpartyTitle')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {shared('save')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('counterpartyTitle')}>
        <TextField label={t('name')} maxLength={200} autoFocus {...form.field('name')} />
        <TextField label={t('representative')} optional maxLength={200} {...form.field('representative')} />
        <TextField label={t('email')} optional inputMode="email" maxLength={254} {...form.field('email')} />
        <TextField label={t('contractRef')} maxLength={200} {...form.field('contractRef')} />
        <DateField label={t('signedOn')} {...form.field('signedOn')} />
        <DateField label={t('endsOn')} optional {...form.field('endsOn')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
