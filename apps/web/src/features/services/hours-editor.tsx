import { firstWeekday } from '@frontdesk/i18n'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { DayOfWeek } from './day-of-week.tsx'
import { DifferentDays } from './different-days.tsx'
import { type HoursValues, hoursFaults } from './hours-form.ts'
import { servicesWords } from './words.ts'

export type HoursEditorProps = {
  readonly value: HoursValues
  readonly onChange: (value: HoursValues) => void
  /** Somebody tried to save: what is not filled in yet is called wrong from then on. */
  readonly strict?: boolean
}

/** A week of opening, and the days that differ: for a service, a person, or the business. */
export function HoursEditor({ value, onChange, strict = false }: HoursEditorProps) {
  const t = useWords(servicesWords)
  const { tag } = useReader()
  const first = firstWeekday(tag)
  const faults = hoursFaults(value)
  return (
    <div className="grid gap-5">
      <fieldset className="grid divide-y divide-line rounded-lg border border-line px-4">
        <legend className="sr-only">{t('weekly')}</legend>
        {Array.from({ length: 7 }, (_, day) => ((first - 1 + day) % 7) + 1).map((weekday) => (
          <DayOfWeek
            key={weekday}
            weekday={weekday}
            weekly={value.weekly}
            fault={faults.weekdays.get(weekday)}
            onChange={(weekly) => onChange({ ...value, weekly })}
          />
        ))}
      </fieldset>
      <DifferentDays
        days={value.exceptions}
        faults={faults.days}
        strict={strict}
        onChange={(exceptions) => onChange({ ...value, exceptions })}
      />
    </div>
  )
}
