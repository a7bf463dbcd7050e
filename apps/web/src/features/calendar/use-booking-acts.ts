import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { bookingWords } from './booking-words.ts'
import { type Booking, bookingQuery, bookingsKey } from './queries.ts'
import { useShortWhen } from './short-when.ts'

/** Where a booking goes. */
export type Move = {
  readonly start: string
  readonly end: string
  readonly staff?: Booking['staff'] | undefined
  readonly notify: boolean
  readonly outsideHours: boolean
}

/** What can be done with a booking. Each shows its effect at once, says what it did, and can be taken back; a refusal puts everything back and is thrown. */
export type BookingActs = {
  readonly move: (booking: Booking, to: Move) => Promise<Booking>
  readonly cancel: (booking: Booking, how: { readonly reason: string | null; readonly notify: boolean }) => Promise<void>
  readonly settle: (booking: Booking, outcome: 'attended' | 'no-show') => Promise<void>
  readonly confirm: (booking: Booking, notify: boolean) => Promise<void>
  readonly approve: (booking: Booking, notify: boolean) => Promise<void>
  readonly decline: (booking: Booking, how: { readonly reason: string | null; readonly notify: boolean }) => Promise<void>
  /** Takes the last change of a booking back. */
  readonly takeBack: (booking: Booking) => Promise<void>
}

/** The acts on bookings, for any screen that shows one. */
export function useBookingActs(): BookingActs {
  const queries = useQueryClient()
  const notices = useNotices()
  const t = useWords(bookingWords)
  const params = (booking: Booking) => ({ params: { bookingId: booking.id }, version: booking.version })

  /** Shows `change` at once, then what the server made of it; puts it back when the server refuses. */
  const act = async (booking: Booking, change: Partial<Booking> | 'gone', send: () => Promise<Booking>): Promise<Booking> => {
    const restore = show(queries, booking.id, change)
    try {
      const answer = await send()
      queries.setQueryData(bookingQuery(answer.id).queryKey, answer)
      return answer
    } catch (error) {
      restore()
      throw error
    } finally {
      void queries.invalidateQueries({ queryKey: ['scheduling'] })
      void queries.invalidateQueries({ queryKey: ['contacts'] })
    }
  }
  const takeBack = async (booking: Booking) => {
    const answer = await call('POST /bookings/{bookingId}/undo', params(booking))
    queries.setQueryData(bookingQuery(answer.id).queryKey, answer)
    await queries.invalidateQueries({ queryKey: ['scheduling'] })
    void queries.invalidateQueries({ queryKey: ['contacts'] })
  }
  const { dayTime } = useShortWhen()
  return {
    takeBack,
    move: async (booking, { start, end, staff, notify, outsideHours }) => {
      const moved = await act(booking, { start, end, ...(staff ? { staff } : {}) }, () =>
        call('POST /bookings/{bookingId}/reschedule', {
          ...params(booking),
          body: { start, notify, outsideHours, ...(staff ? { staffId: staff.id } : {}) },
        }),
      )
      const values = { name: moved.contact.name, when: dayTime(moved.start) }
      notices.show({ text: notify ? t('movedTold', values) : t('moved', values), undo: () => takeBack(moved) })
      return moved
    },
    cancel: async (booking, { reason, notify }) => {
      const cancelled = await act(booking, 'gone', () =>
        call('POST /bookings/{bookingId}/cancel', { ...params(booking), body: { reason, notify } }),
      )
      const values = { name: booking.contact.name, when: dayTime(booking.start) }
      notices.show({ text: notify ? t('cancelledTold', values) : t('cancelled', values), undo: () => takeBack(cancelled) })
    },
    settle: async (booking, outcome) => {
      const settled = await act(booking, { status: outcome === 'attended' ? 'attended' : 'no_show' }, () =>
        call(outcome === 'attended' ? 'POST /bookings/{bookingId}/attended' : 'POST /bookings/{bookingId}/no-show', params(booking)),
      )
      const values = { name: booking.contact.name }
      notices.show({ text: outcome === 'attended' ? t('attended', values) : t('missed', values), undo: () => takeBack(settled) })
    },
    approve: async (booking, notify) => {
      const approved = await act(booking, { status: 'confirmed' }, () =>
        call('POST /bookings/{bookingId}/approve', { ...params(booking), body: { notify } }),
      )
      const values = { name: booking.contact.name, when: dayTime(booking.start) }
      notices.show({ tone: 'ok', text: notify ? t('approvedTold', values) : t('request/approved', values), undo: () => takeBack(approved) })
    },
    decline: async (booking, { reason, notify }) => {
      const declined = await act(booking, 'gone', () =>
        call('POST /bookings/{bookingId}/decline', { ...params(booking), body: { reason, notify } }),
      )
      const values = { name: booking.contact.name, when: dayTime(booking.start) }
      notices.show({ text: notify ? t('declinedTold', values) : t('request/declined', values), undo: () => takeBack(declined) })
    },
    confirm: async (booking, notify) => {
      await act(booking, { status: 'confirmed', heldUntil: null }, () =>
        call('POST /bookings/{bookingId}/confirm', { ...params(booking), body: { notify } }),
      )
      notices.show({ tone: 'ok', text: t('confirmed', { name: booking.contact.name, when: dayTime(booking.start) }) })
    },
  }
}

/** Changes a booking in every answer that is kept. Returns how to put it back. */
function show(queries: QueryClient, id: string, change: Partial<Booking> | 'gone'): () => void {
  void queries.cancelQueries({ queryKey: bookingsKey })
  const before = queries.getQueriesData<Booking[]>({ queryKey: bookingsKey })
  queries.setQueriesData<Booking[]>({ queryKey: bookingsKey }, (all) =>
    change === 'gone' ? all?.filter((one) => one.id !== id) : all?.map((one) => (one.id === id ? { ...one, ...change } : one)),
  )
  return () => {
    for (const [key, data] of before) queries.setQueryData(key, data)
  }
}
