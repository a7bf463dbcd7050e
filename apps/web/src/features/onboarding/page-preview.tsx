import { type Formats, formats, type MoneyLike } from '@frontdesk/i18n'
import { useMinute } from '../../lib/clock.ts'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { cx } from '../../ui/cx.ts'
import { initialsOf } from '../../ui/hue.ts'
import { Icon } from '../../ui/icon.tsx'
import { Name } from '../../ui/name.tsx'
import { blocksOf, type OpenBlock, sampleStarts, workingWeek } from './week.ts'
import { onboardingWords } from './words.ts'

/** What `PagePreview` is given. */
export type PagePreviewProps = {
  readonly business: string
  readonly service?: string
  readonly minutes?: number
  readonly price?: MoneyLike | undefined
  readonly week?: readonly OpenBlock[]
  readonly brand?: string
  readonly zone?: string
  /** The address of the logo, where there is one. */
  readonly logo?: string | undefined
}

const DAY_MS = 86_400_000

/** A picture of the public booking page that grows while one types. A picture, so it cannot be pressed and screen readers hear one sentence. */
export function PagePreview({
  business,
  service = '',
  minutes = 30,
  price,
  week = workingWeek,
  brand = '#1f6f5c',
  zone,
  logo,
}: PagePreviewProps) {
  const t = useWords(onboardingWords)
  const reader = useReader()
  const now = useMinute()
  const write = formats(reader.tag, zone ?? reader.zone)
  const days = nextDays(write, now)
  const open = days.find((day) => sampleStarts(blocksOf(week, day.weekday), minutes, 1).length > 0)
  const starts = open ? sampleStarts(blocksOf(week, open.weekday), minutes, 6) : []
  const name = business.trim() || t('preview/business')
  const chosen = starts[2] ?? starts[0]
  return (
    <div role="img" aria-label={t('preview/label')} className="w-full max-w-96 p-8">
      <div
        aria-hidden="true"
        inert
        data-brand
        style={{ '--brand': brand }}
        className="grid gap-5 rounded-[1.75rem] bg-surface p-6 shadow-float select-none"
      >
        <div className="flex items-center gap-3">
          {logo === undefined ? (
            <span className="grid size-11 shrink-0 place-items-center rounded-lg bg-solid font-strong text-on-solid">
              {initialsOf(name) || <Icon name="store" />}
            </span>
          ) : (
            <img src={logo} alt="" className="size-11 shrink-0 rounded-lg bg-white object-contain" />
          )}
          <div className="grid min-w-0">
            <Name cut className={cx('font-medium', !business.trim() && 'text-ink-3')}>
              {name}
            </Name>
            <span className="truncate text-xs text-ink-3">
              {[write.duration(minutes), price && (Number(price.minor) === 0 ? t('preview/free') : write.money(price, { short: true }))]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </div>
        </div>
        <div className="grid gap-1">
          <span className="text-lg font-strong">{t('preview/when')}</span>
          <Name cut className={cx('text-sm', service.trim() ? 'text-ink-2' : 'text-ink-3')}>
            {service.trim() || t('preview/service')}
          </Name>
        </div>
        <div className="grid grid-cols-5 gap-1.5">
          {days.slice(0, 5).map((day) => (
            <DayTile
              key={day.number}
              day={day}
              state={day === open ? 'chosen' : blocksOf(week, day.weekday).length > 0 ? 'open' : 'closed'}
            />
          ))}
        </div>
        <div className="grid min-h-24 grid-cols-3 content-start gap-2">
          {starts.map((start) => (
            <span
              key={start}
              className={cx(
                'figures grid h-11 place-items-center rounded-md border text-sm font-medium',
                start === chosen ? 'border-solid bg-solid text-on-solid' : 'border-(--brand-line) text-link',
              )}
            >
              {write.wallTime(start)}
            </span>
          ))}
          {starts.length === 0 && <span className="col-span-full self-center text-center text-sm text-ink-3">{t('preview/none')}</span>}
        </div>
        <span
          className={cx(
            'grid h-11 place-items-center rounded-md text-sm font-medium',
            chosen ? 'bg-solid text-on-solid' : 'bg-fill text-ink-3',
          )}
        >
          {chosen ? t('preview/continue', { time: write.wallTime(chosen) }) : t('preview/none')}
        </span>
      </div>
    </div>
  )
}

type Day = { readonly weekday: number; readonly name: string; readonly number: string }

function DayTile({ day, state }: { readonly day: Day; readonly state: 'chosen' | 'open' | 'closed' }) {
  return (
    <span
      className={cx(
        'grid justify-items-center rounded-lg border py-1.5 text-2xs',
        state === 'chosen' && 'border-solid bg-solid text-on-solid',
        state === 'open' && 'border-line-strong text-ink-2',
        state === 'closed' && 'border-line bg-sunken text-ink-3',
      )}
    >
      {day.name}
      <span className={cx('text-md', state !== 'closed' && 'font-medium')}>{day.number}</span>
    </span>
  )
}

/** The seven days from tomorrow on, on the clock of the business. */
function nextDays(write: Formats, now: number): readonly Day[] {
  const weekdays = new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone: write.zone })
  const numbers = new Intl.DateTimeFormat(write.tag, { day: 'numeric', timeZone: write.zone })
  return Array.from({ length: 7 }, (_, index) => {
    const at = now + (index + 1) * DAY_MS
    const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(weekdays.format(at)) + 1
    return { weekday, name: write.weekday(weekday, 'short'), number: numbers.format(at).replace(/\D+/g, '') }
  })
}
