import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { bookingWords } from './booking-words.ts'
import { addMinutes, dateIn, minutesBetween } from './clock-days.ts'
import { OtherTimes } from './other-times.tsx'
import { type Booking, type Slot, servicesQuery, staffQuery } from './queries.ts'
import { alternativesOf } from './refused-slots.ts'
import { useShortWhen } from './short-when.ts'
import { SlotPicker } from './slot-picker.tsx'
import { useBookingActs } from './use-booking-acts.ts'

export type MoveDialogProps = {
  readonly booking: Booking
  readonly onClose: () => void
  readonly onMoved: (moved: Booking) => void
}

type MoveValues = { date: string; start: string; staffId: string; outside: boolean; notify: boolean }

/** Moves a booking without a mouse: to another day, time or person. */
export function MoveDialog({ booking, onClose, onMoved }: MoveDialogProps) {
  const t = useWords(bookingWords)
  const { zone } = useWorkspace()
  const formats = useFormats(zone)
  const short = useShortWhen()
  const acts = useBookingActs()
  const id = useId()
  const services = useQuery(servicesQuery).data
  const people = useQuery(staffQuery).data ?? []
  const [instead, setInstead] = useState<readonly Slot[]>()
  const form = useForm<MoveValues>({
    start: { date: dateIn(booking.start, zone), start: '', staffId: booking.staff.id, outside: false, notify: true },
    check: ({ start }) => ({ start: start === '' ? t('chooseTime') : undefined }),
    send: async ({ start, staffId, outside, notify }) => {
      setInstead(undefined)
      try {
        const moved = await acts.move(booking, {
          start,
          end: addMinutes(start, minutesBetween(booking.start, booking.end)),
          staff: staffId === booking.staff.id ? undefined : people.find((person) => person.id === staffId),
          notify,
          outsideHours: outside,
        })
        onMoved(moved)
      } catch (error) {
        setInstead(alternativesOf(error))
        throw error
      }
    },
  })
  const { values, set, field } = form
  const gives = services?.find((service) => service.id === booking.service.id)?.staffIds
  const givers = people.filter((person) => person.id === booking.staff.id || (person.active && gives?.includes(person.id)))
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('moveTitle', { name: booking.contact.name })}
      description={t('moveNow', {
        service: booking.service.name,
        when: `${formats.weekdayDate(booking.start)}, ${formats.time(booking.start)}`,
      })}
      size="md"
      footer={
        <>
          <Button onClick={onClose}>{t('leaveIt')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {values.start ? t('doMoveTo', { when: short.dayTime(values.start) }) : t('doMove')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('moveTitle', { name: booking.contact.name })}>
        {givers.length > 1 && (
          <Select
            label={t('person')}
            {...field('staffId')}
            options={givers.map((person) => ({ value: person.id as string, label: person.name }))}
          />
        )}
        <SlotPicker
          serviceId={booking.service.id}
          staffId={values.staffId}
          moving={booking}
          date={values.date}
          onDate={(date) => set({ date })}
          start={values.start}
          onStart={(start) => set({ start })}
          outside={values.outside}
          onOutside={(outside) => set({ outside })}
          error={field('start').error}
        />
        <Switch label={t('notify')} {...field('notify')} />
        <FormProblem>
          {instead && <OtherTimes slots={instead} onChoose={({ start }) => set({ start, date: dateIn(start, zone), outside: false })} />}
        </FormProblem>
      </Form>
    </Dialog>
  )
}
