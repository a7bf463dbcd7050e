import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { useStatus } from '../../app/status.ts'
import { call } from '../../lib/api.ts'
import { nowMs } from '../../lib/clock.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Select } from '../../ui/select.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { IntakeQuestions } from '../services/intake/intake-questions.tsx'
import { type BookValues, bookingBody, bookingFaults, emptyBooking, holdChoices } from './book-form.ts'
import { BookWho } from './book-who.tsx'
import { bookingWords } from './booking-words.ts'
import { dateIn } from './clock-days.ts'
import { OtherTimes } from './other-times.tsx'
import { type Booking, bookingQuery, type Slot, servicesQuery, staffQuery } from './queries.ts'
import { alternativesOf } from './refused-slots.ts'
import { useShortWhen } from './short-when.ts'
import { SlotPicker } from './slot-picker.tsx'

/** What is already known when somebody is booked. */
export type BookPrefill = {
  readonly start?: string | undefined
  readonly staffId?: string | undefined
  readonly contact?: { readonly id: string; readonly name: string } | undefined
}

export type BookSheetProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly prefill: BookPrefill
  readonly onBooked: (booking: Booking) => void
}

/** Books somebody, or holds a time for her: who, what, with whom, when. What is typed survives a reload and a refusal. */
export function BookSheet({ open, onOpenChange, prefill, onBooked }: BookSheetProps) {
  const t = useWords(bookingWords)
  const id = useId()
  const [busy, setBusy] = useState(false)
  const [holds, setHolds] = useState(false)
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={holds ? t('holdTitle') : t('bookTitle')}
      footer={
        <Button variant="solid" size="lg" wide type="submit" form={id} busy={busy}>
          {holds ? t('doHold') : t('doBook')}
        </Button>
      }
    >
      <BookFields id={id} prefill={prefill} onBooked={onBooked} onBusy={setBusy} onHolds={setHolds} />
    </Sheet>
  )
}

type BookFieldsProps = {
  readonly id: string
  readonly prefill: BookPrefill
  readonly onBooked: (booking: Booking) => void
  readonly onBusy: (busy: boolean) => void
  readonly onHolds: (holds: boolean) => void
}

function BookFields({ id, prefill, onBooked, onBusy, onHolds }: BookFieldsProps) {
  const t = useWords(bookingWords)
  const { id: workspaceId, zone } = useWorkspace()
  const formats = useFormats(zone)
  const short = useShortWhen()
  const queries = useQueryClient()
  const notices = useNotices()
  const services = useQuery(servicesQuery).data?.filter((service) => service.active) ?? []
  const people = useQuery(staffQuery).data?.filter((person) => person.active) ?? []
  const waits = useStatus()?.mail === 'outbox_only'
  const [instead, setInstead] = useState<readonly Slot[]>()
  const [start] = useState(() => emptyBooking(dateIn(nowMs(), zone)))

  const form = useForm<BookValues>({
    start,
    draft: `book.${workspaceId}`,
    check: (values) => bookingFaults(values, t),
    send: async (values, key) => {
      setInstead(undefined)
      try {
        const booking = await call('POST /bookings', { body: bookingBody(values), idempotencyKey: key })
        queries.setQueryData(bookingQuery(booking.id).queryKey, booking)
        void queries.invalidateQueries({ queryKey: ['scheduling'] })
        void queries.invalidateQueries({ queryKey: ['contacts'] })
        const said = { name: booking.contact.name, when: short.dayTime(booking.start) }
        notices.show({ tone: 'ok', text: booking.status === 'held' ? t('bookedHeld', said) : t('booked', said) })
        onBooked(booking)
      } catch (error) {
        setInstead(alternativesOf(error))
        throw error
      }
    },
  })
  const { values, set, field } = form
  usePrefill(prefill, zone, set)
  const service = services.find((one) => one.id === values.serviceId) ?? services[0]
  useEffect(() => {
    if (service && values.serviceId !== service.id) set({ serviceId: service.id })
  }, [service, values.serviceId, set])
  useEffect(() => onBusy(form.sending), [onBusy, form.sending])
  const holds = values.holdMinutes !== '0'
  useEffect(() => onHolds(holds), [onHolds, holds])
  const givers = people.filter((person) => service?.staffIds.includes(person.id) ?? true)

  return (
    <Form form={form} id={id} label={t('bookTitle')}>
      {form.restored && (
        <p className="flex flex-wrap items-center gap-2 text-xs text-ink-3">
          {t('draftBack')}
          <Button size="sm" variant="quiet" onClick={form.reset}>
            {t('startOver')}
          </Button>
        </p>
      )}
      <BookWho form={form} />
      <Select
        label={t('service')}
        {...field('serviceId')}
        options={[
          ...(service ? [] : [{ value: '', label: t('chooseService') }]),
          ...services.map((one) => ({ value: one.id as string, label: `${one.name}, ${formats.duration(one.durationMinutes)}` })),
        ]}
      />
      {givers.length > 1 && (
        <Select
          label={t('person')}
          {...field('staffId')}
          value={givers.some((person) => person.id === values.staffId) ? values.staffId : ''}
          options={[{ value: '', label: t('anybody') }, ...givers.map((person) => ({ value: person.id as string, label: person.name }))]}
        />
      )}
      <SlotPicker
        serviceId={values.serviceId}
        staffId={givers.some((person) => person.id === values.staffId) ? values.staffId : ''}
        date={values.date}
        onDate={(date) => set({ date })}
        start={values.start}
        onStart={(chosen) => set({ start: chosen })}
        outside={values.outside}
        onOutside={(outside) => set({ outside })}
        error={field('start').error}
      />
      {service?.place.kind === 'at_customer' && (
        <TextField label={t('address')} hint={t('addressHint')} autoComplete="off" maxLength={300} {...field('address')} />
      )}
      <IntakeQuestions
        serviceId={values.serviceId}
        answers={values.answers[values.serviceId] ?? noAnswers}
        onChange={(answers) => set({ answers: { ...values.answers, [values.serviceId]: answers } })}
        faults={form.faults as Readonly<Record<string, string | undefined>>}
      />
      <TextArea label={t('note')} optional rows={2} maxLength={2000} {...field('note')} />
      <Select
        label={t('hold')}
        hint={holds ? t('holdHint') : undefined}
        {...field('holdMinutes')}
        options={holdChoices.map((value) => ({ value, label: value === '0' ? t('holdNot') : formats.durationInWords(Number(value)) }))}
      />
      {!holds && <Switch label={t('notify')} hint={waits ? t('notifyWaits') : t('notifyHint')} {...field('notify')} />}
      <FormProblem>{instead && <OtherTimes slots={instead} onChoose={(slot) => set(chosenSlot(slot, zone))} />}</FormProblem>
    </Form>
  )
}

const noAnswers: Readonly<Record<string, string>> = {}

/** What the caller knows goes over what a draft remembers; once, when the sheet opens. */
function usePrefill({ start, staffId, contact }: BookPrefill, zone: string, set: (change: Partial<BookValues>) => void): void {
  const done = useRef(false)
  useEffect(() => {
    if (done.current) return
    done.current = true
    if (start) set({ start, date: dateIn(start, zone) })
    if (staffId) set({ staffId })
    if (contact) set({ contactId: contact.id, contactName: contact.name, isNew: false })
  })
}

const chosenSlot = (slot: Slot, zone: string): Partial<BookValues> => ({
  start: slot.start,
  date: dateIn(slot.start, zone),
  outside: false,
})
