import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useShortWhen } from './short-when.ts'
import { calendarWords } from './words.ts'

const DAY_MS = 86_400_000
/** The server answers at most 100 days at once. */
const AHEAD_DAYS = 99

/** Requests ahead, a hundred days at most. A day as the anchor, so that the question stays the same while it lasts. */
const requestsQuery = (day: number) =>
  queryOptions({
    queryKey: ['scheduling', 'requests', day],
    queryFn: ({ signal }) =>
      call('GET /bookings', {
        query: {
          status: 'pending',
          from: new Date(day * DAY_MS).toISOString(),
          to: new Date((day + AHEAD_DAYS) * DAY_MS).toISOString(),
          limit: 50,
        },
        signal,
      }),
  })

/** What was asked for and waits for an answer, those to be answered first at the front. Without any there is nothing to see. */
export function OpenRequests({ now, onShow }: { readonly now: number; readonly onShow: (bookingId: string) => void }) {
  const t = useWords(calendarWords)
  const short = useShortWhen()
  const open = (useQuery(requestsQuery(Math.floor(now / DAY_MS))).data?.items ?? [])
    .flatMap((booking) => (booking.request ? [{ booking, answerBy: booking.request.answerBy }] : []))
    .filter(({ answerBy }) => Date.parse(answerBy) > now)
    .toSorted((one, other) => Date.parse(one.answerBy) - Date.parse(other.answerBy))
  if (open.length === 0) return null
  return (
    <section
      aria-label={t('requests', { count: open.length })}
      className="flex min-h-11 items-center gap-2 overflow-x-auto border-b border-line bg-wait-tint px-4 py-1.5 text-sm scroll-none"
    >
      <Icon name="clock" className="shrink-0 text-wait-ink" />
      <span className="shrink-0 font-medium">{t('requests', { count: open.length })}</span>
      <ul className="flex gap-1.5">
        {open.map(({ booking, answerBy }) => (
          <li key={booking.id} className="shrink-0">
            <button
              type="button"
              onClick={() => onShow(booking.id)}
              className="relative inline-flex min-h-8 items-center gap-2 rounded-full border border-line-strong bg-surface px-3 hover:bg-hover phone:min-h-11"
            >
              <bdi className="max-w-40 truncate">{booking.contact.name}</bdi>
              <span className="text-ink-2">{short.dayTime(booking.start)}</span>
              <span className="sr-only">{t('answerBy', { moment: short.dayTime(answerBy) })}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
