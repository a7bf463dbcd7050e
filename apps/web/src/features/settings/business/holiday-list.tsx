import { useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import type { OpeningHours } from './opening-form.ts'
import { businessWords } from './words.ts'

const FIRST = 4

/** The days a holiday set closes in the next months. */
export function HolidayList({ days }: { readonly days: OpeningHours['holidays'] }) {
  const t = useWords(businessWords)
  const formats = useFormats()
  const [all, setAll] = useState(false)
  if (days.length === 0) return null
  return (
    <div className="grid justify-items-start gap-2">
      <h3 className="text-sm font-medium">{t('holidaysNext')}</h3>
      <ul className="grid w-full gap-1 text-sm">
        {(all ? days : days.slice(0, FIRST)).map(({ date, label }) => (
          <li key={`${date} ${label}`} className="flex justify-between gap-4">
            <span className="min-w-0 truncate">{label}</span>
            <time dateTime={date} className="figures shrink-0 text-ink-2">
              {formats.plainDate(date, 'weekday')}
            </time>
          </li>
        ))}
      </ul>
      {!all && days.length > FIRST && (
        <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
          {t('holidaysAll', { count: days.length })}
        </Button>
      )}
    </div>
  )
}
