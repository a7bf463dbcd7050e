import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { call } from '../../lib/api.ts'
import { nowMs } from '../../lib/clock.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Select } from '../../ui/select.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { BookWho, type WhoForm, type WhoValues } from '../calendar/book-who.tsx'
import { bookingWords } from '../calendar/booking-words.ts'
import { dateIn, shiftDate } from '../calendar/clock-days.ts'
import { servicesQuery, staffQuery } from '../calendar/queries.ts'
import type { Waiting } from './queries.ts'
import { allDays, allParts, sentWishes, WishesFields, type WishValues } from './wishes-fields.tsx'
import { waitlistWords } from './words.ts'

// Both are opened from the same list, and a file of its own costs every first load a name.
export { OfferDialog } from './offer-dialog.tsx'

export type WaitSheetProps = {
  /** Who is put on the list, where that is known. */
  readonly contact?: { readonly id: string; readonly name: string } | undefined
  readonly serviceId?: string | undefined
  /** Whose wishes are changed; left out: somebody is added. */
  readonly entry?: Waiting | undefined
  readonly onClose: () => void
}

type WaitValues = WhoValues & { -readonly [Name in keyof WishValues]: WishValues[Name] } & {
  serviceId: string
  address: string
  notify: boolean
}

const usualDays = 28

/** Puts somebody on the waitlist, or changes what suits her. */
export function WaitSheet({ contact, serviceId = '', entry, onClose }: WaitSheetProps) {
  const t = useWords(waitlistWords)
  const b = useWords(bookingWords)
  const id = useId()
  const { id: workspaceId, zone } = useWorkspace()
  const queries = useQueryClient()
  const notices = useNotices()
  const today = dateIn(nowMs(), entry?.zone ?? zone)
  const services = useQuery(servicesQuery).data?.filter((service) => service.active) ?? []
  const people = useQuery(staffQuery).data?.filter((person) => person.active) ?? []
  const [start] = useState<WaitValues>(() => ({
    isNew: false,
    contactId: contact?.id ?? '',
    contactName: contact?.name ?? '',
    name: '',
    email: '',
    phone: '',
    serviceId: entry?.service.id ?? serviceId,
    address: '',
    notify: true,
    staffId: entry?.staffId ?? '',
    fromDate: entry?.fromDate ?? today,
    untilDate: entry?.untilDate ?? shiftDate(today, usualDays),
    weekdays: entry?.weekdays ?? allDays,
    parts: entry?.parts ?? allParts,
  }))
  const form = useForm<WaitValues>({
    start,
    ...(entry ? {} : { draft: `wait.${workspaceId}.${contact?.id ?? ''}` }),
    check: (values) => ({
      ...(!entry && values.isNew && values.name.trim() === '' ? { name: b('nameMissing') } : {}),
      ...(!entry && values.isNew && values.email.trim() === '' && values.phone.trim() === '' ? { email: b('pointMissing') } : {}),
      ...(!entry && !values.isNew && values.contactId === '' ? { contactId: b('chooseContact') } : {}),
      ...(values.serviceId === '' ? { serviceId: t('serviceMissing') } : {}),
      ...(values.untilDate < values.fromDate || values.untilDate < today ? { untilDate: t('daysWrong') } : {}),
      ...(values.weekdays.length === 0 ? { weekdays: t('daysMissing') } : {}),
      ...(values.parts.length === 0 ? { parts: t('partsMissing') } : {}),
    }),
    send: async (values, key) => {
      if (entry) {
        await call('PATCH /waitlist/{entryId}', { params: { entryId: entry.id }, version: entry.version, body: sentWishes(values) })
        notices.show({ tone: 'ok', text: t('saved') })
      } else {
        const added = await call('POST /waitlist', { body: draftOf(values), idempotencyKey: key })
        notices.show({ tone: 'ok', text: t('added', { name: added.contact.name }) })
      }
      void queries.invalidateQueries({ queryKey: ['scheduling'] })
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      onClose()
    },
  })
  const { values, set, field } = form
  const only = services.length === 1 ? services[0]?.id : undefined
  useEffect(() => {
    if (values.serviceId === '' && only) set({ serviceId: only })
  }, [only, values.serviceId, set])
  const service = services.find((one) => one.id === values.serviceId)
  const title = entry ? t('editTitle', { name: entry.contact.name }) : t('addTitle')
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <Button variant="solid" size="lg" wide type="submit" form={id} busy={form.sending}>
          {entry ? t('save') : t('doAdd')}
        </Button>
      }
    >
      <Form form={form} id={id} label={title}>
        {!entry && (
          <>
            <p className="text-sm text-ink-2">{t('intro')}</p>
            {contact ? (
              <p className="font-medium">
                <bdi>{contact.name}</bdi>
              </p>
            ) : (
              <BookWho form={form as unknown as WhoForm} />
            )}
            <Select
              label={t('service')}
              {...field('serviceId')}
              options={[
                ...(service ? [] : [{ value: '', label: t('chooseService') }]),
                ...services.map((one) => ({ value: one.id as string, label: one.name })),
              ]}
            />
          </>
        )}
        <WishesFields
          values={values}
          onChange={set}
          people={people.filter((person) => service?.staffIds.includes(person.id))}
          today={today}
          faults={form.faults}
        />
        {!entry && service?.place.kind === 'at_customer' && (
          <TextField label={t('address')} optional autoComplete="off" maxLength={300} {...field('address')} />
        )}
        {!entry && <Switch label={t('notify')} hint={t('notifyHint')} {...field('notify')} />}
        <FormProblem />
      </Form>
    </Sheet>
  )
}

function draftOf(values: WaitValues) {
  const filled = <Key extends string>(key: Key, text: string): { [K in Key]?: string } =>
    (text.trim() === '' ? {} : { [key]: text.trim() }) as { [K in Key]?: string }
  return {
    serviceId: values.serviceId,
    ...sentWishes(values),
    ...(values.isNew
      ? { contact: { name: values.name.trim(), ...filled('email', values.email), ...filled('phone', values.phone) } }
      : { contactId: values.contactId }),
    placeDetail: values.address.trim() || null,
    notify: values.notify,
  }
}
