import { useQuery } from '@tanstack/react-query'
import { type RefObject, useState } from 'react'
import { useExplain } from '../../lib/problems.ts'
import { useNotices } from '../../ui/toast.tsx'
import { addMinutes, minutesBetween } from './clock-days.ts'
import { type Drop, judgeDrop } from './judge-drop.ts'
import { type Booking, type Slot, slotsQuery } from './queries.ts'
import { alternativesOf } from './refused-slots.ts'
import { useBookingActs } from './use-booking-acts.ts'
import type { CalendarData } from './use-calendar-data.ts'
import type { CalendarView } from './use-calendar-view.ts'
import { type Drag, useDrag } from './use-drag.ts'

/** Dragging on the calendar: judged while it goes on with what is known, sent when let go, and asked about again where the server refuses. */
export function useDragToMove(
  grid: RefObject<HTMLElement | null>,
  view: CalendarView,
  data: CalendarData,
): Pick<ReturnType<typeof useDrag>, 'drag' | 'begin' | 'dismiss'> & {
  readonly slots: readonly Slot[]
  /** Moves what was asked about to another start, or to where it lies if somebody insists. */
  readonly answer: (drag: Drag, start: string, insist: boolean) => void
} {
  const explain = useExplain()
  const notices = useNotices()
  const acts = useBookingActs()
  const [carried, setCarried] = useState<Booking>()
  const slots = useQuery({
    ...slotsQuery({ ...view.stretch, serviceId: carried?.service.id ?? '', movingBookingId: carried?.id }),
    enabled: carried !== undefined,
  }).data?.slots

  const send = async (drag: Drag, insist: boolean) => {
    const { booking, drop } = drag
    const staff = drop.staffId === booking.staff.id ? undefined : data.people.find(({ id }) => id === drop.staffId)
    try {
      const moved = await acts.move(booking, { start: drop.start, end: drop.end, staff, notify: true, outsideHours: insist })
      if (view.search.booking === booking.id) view.go({ booking: moved.id }, { replace: true })
    } catch (error) {
      const offered = alternativesOf(error)
      const because = explain(error).message
      if (offered) ask({ ...drag, phase: 'asking', verdict: { kind: 'refused', because }, offered })
      else notices.show({ tone: 'no', text: because })
    }
  }
  const { drag, begin, ask, dismiss } = useDrag({
    grid,
    columns: data.columns,
    zone: view.zone,
    stepOf: (booking) => Math.min(15, serviceOf(data, booking)?.stepMinutes ?? 15),
    judge: (booking, drop: Drop) => {
      if (carried?.id !== booking.id) setCarried(booking)
      return judgeDrop(drop, {
        booking,
        bookings: data.bookings,
        timeOff: data.timeOff,
        slots: carried?.id === booking.id ? slots : undefined,
        givenBy: serviceOf(data, booking)?.staffIds,
        now: view.now,
      })
    },
    onDrop: (drop) => void send(drop, false),
  })
  return {
    drag,
    begin,
    dismiss,
    slots: slots ?? [],
    answer: (asked, start, insist) => {
      dismiss()
      const end = addMinutes(start, minutesBetween(asked.drop.start, asked.drop.end))
      void send({ ...asked, drop: { ...asked.drop, start, end } }, insist)
    },
  }
}

const serviceOf = (data: CalendarData, booking: Booking) => data.services.find(({ id }) => id === booking.service.id)
