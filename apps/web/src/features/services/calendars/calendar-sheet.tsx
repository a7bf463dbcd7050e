import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import type { CalendarLink } from './queries.ts'
import { calendarsWords } from './words.ts'

export type CalendarSheetProps = {
  readonly staffId: string
  /** The one that is changed; left out: a new one. */
  readonly calendar?: CalendarLink
  readonly onClose: () => void
}

type Values = { readonly name: string; readonly address: string; readonly ifFailing: CalendarLink['ifFailing'] }

/** Connects a calendar elsewhere, or changes its name and what holds while it cannot be read. No draft: the address is a secret. */
export function CalendarSheet({ staffId, calendar, onClose }: CalendarSheetProps) {
  const t = useWords(calendarsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm<Values>({
    start: { name: calendar?.name ?? '', address: '', ifFailing: calendar?.ifFailing ?? 'block' },
    check: ({ name, address }) => ({
      name: name.trim() === '' ? t('nameNeeded') : undefined,
      address: !calendar && address.trim() === '' ? t('addressNeeded') : undefined,
    }),
    beside: { 'scheduling/calendar-refused': 'address' },
    send: async ({ name, address, ifFailing }, key) => {
      const body = { name: name.trim(), ifFailing }
      if (calendar) await call('PATCH /calendars/{calendarId}', { params: { calendarId: calendar.id }, body, version: calendar.version })
      else
        await call('POST /staff/{staffId}/calendars', {
          params: { staffId },
          body: { ...body, address: address.trim() },
          idempotencyKey: key,
        })
      notices.show({ tone: 'ok', text: t(calendar ? 'changed' : 'connected') })
      void queries.invalidateQueries({ queryKey: ['scheduling'] })
      onClose()
    },
  })
  const title = calendar ? t('change') : t('add')
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <Button variant="solid" size="lg" wide type="submit" form={id} busy={form.sending}>
          {t(calendar ? 'save' : 'connect')}
        </Button>
      }
    >
      <Form form={form} id={id} label={title}>
        <TextField label={t('name')} hint={t('nameHint')} maxLength={80} autoComplete="off" autoFocus {...form.field('name')} />
        {!calendar && (
          <TextField
            label={t('address')}
            hint={t('addressHint')}
            type="url"
            maxLength={2000}
            autoComplete="off"
            {...form.field('address')}
          />
        )}
        <Select
          label={t('ifFailing')}
          hint={t('ifFailingHint')}
          {...form.field('ifFailing')}
          options={[
            { value: 'block', label: t('ifFailing/block') },
            { value: 'warn', label: t('ifFailing/warn') },
          ]}
        />
        <FormProblem />
      </Form>
    </Sheet>
  )
}
