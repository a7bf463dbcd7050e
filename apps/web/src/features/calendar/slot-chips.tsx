import { useId } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { FieldNote } from '../../ui/field.tsx'
import { bookingWords } from './booking-words.ts'
import { dateIn, minuteOn, sameMoment } from './clock-days.ts'
import type { Slot } from './queries.ts'

export type SlotChipsProps = {
  readonly slots: readonly Slot[]
  readonly start: string
  readonly onStart: (start: string) => void
  /** The day in words, for screen readers. */
  readonly day: string
  readonly error?: string | undefined
}

const parts = [
  { key: 'morning', until: 12 * 60 },
  { key: 'afternoon', until: 17 * 60 },
  { key: 'evening', until: 24 * 60 },
] as const

/** The starts of a day, one to choose: morning, afternoon, evening. */
export function SlotChips({ slots, start, onStart, day, error }: SlotChipsProps) {
  const t = useWords(bookingWords)
  const { zone } = useWorkspace()
  const formats = useFormats(zone)
  const id = useId()
  const groups = Map.groupBy(slots, (slot) => {
    const minute = minuteOn(slot.start, dateIn(slot.start, zone), zone)
    return parts.find(({ until }) => minute < until)?.key ?? 'evening'
  })
  return (
    <fieldset className="grid min-w-0 gap-3" {...(error ? { 'aria-describedby': `${id}-note` } : {})}>
      <legend className="mb-1.5 text-sm font-medium">{t('freeTimes')}</legend>
      {[...groups].map(([part, members]) => (
        <div key={part} className="grid gap-1.5">
          <span className="text-xs text-ink-3">{t(part)}</span>
          <div className="grid grid-cols-[repeat(auto-fill,minmax(5.25rem,1fr))] gap-1.5">
            {members.map((slot) => (
              <label
                key={slot.start}
                className="figures grid h-control place-items-center rounded-md border border-line-strong bg-raised text-sm hover:bg-hover has-checked:border-solid has-checked:bg-solid has-checked:text-on-solid has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus forced-colors:has-checked:outline-2"
              >
                <input
                  type="radio"
                  name={id}
                  checked={start !== '' && sameMoment(start, slot.start)}
                  onChange={() => onStart(slot.start)}
                  aria-label={`${formats.time(slot.start)}, ${day}`}
                  {...(error ? { 'aria-invalid': true } : {})}
                  className="sr-only"
                />
                {formats.time(slot.start)}
              </label>
            ))}
          </div>
        </div>
      ))}
      <FieldNote id={`${id}-note`} error={error} />
    </fieldset>
  )
}
