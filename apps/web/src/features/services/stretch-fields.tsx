import { useFormats, useWords } from '../../lib/i18n.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TimeSelect } from '../../ui/time-select.tsx'
import { endsNextDay, type Stretch } from './hours-form.ts'
import { servicesWords } from './words.ts'

export type StretchFieldsProps = {
  readonly stretches: readonly Stretch[]
  /** The day in words. */
  readonly day: string
  readonly onChange: (stretches: readonly Stretch[]) => void
  /** Whether the last one may be taken away too. */
  readonly needsOne: boolean
}

/** The stretches of one day, each from a time until another. */
export function StretchFields({ stretches, day, onChange, needsOne }: StretchFieldsProps) {
  const t = useWords(servicesWords)
  const formats = useFormats()
  const change = (index: number, what: Partial<Stretch>) =>
    onChange(stretches.map((one, place) => (place === index ? { ...one, ...what } : one)))
  const written = (time: string) => (time ? formats.wallTime(time) : '')
  return (
    <ul className="grid gap-1.5 phone:w-full">
      {stretches.map((stretch, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is known by its place
        <li key={index} className="flex flex-wrap items-center gap-1.5">
          <TimeSelect
            quiet
            label={t('fromOn', { day })}
            value={stretch.from}
            onChange={(from) => change(index, { from })}
            className="w-28 phone:w-auto phone:min-w-0 phone:flex-1"
          />
          <span aria-hidden="true" className="text-ink-3">
            –
          </span>
          <TimeSelect
            quiet
            kind="end"
            label={t('toOn', { day })}
            value={stretch.to}
            onChange={(to) => change(index, { to })}
            className="w-28 phone:w-auto phone:min-w-0 phone:flex-1"
          />
          {(!needsOne || stretches.length > 1) && (
            <IconButton
              name={t('removeBlock', { day, from: written(stretch.from), to: written(stretch.to) })}
              icon="close"
              size="sm"
              tip="none"
              onClick={() => onChange(stretches.filter((_, place) => place !== index))}
            />
          )}
          {endsNextDay(stretch) && <span className="text-xs text-ink-3 phone:w-full">{t('nextDay')}</span>}
        </li>
      ))}
    </ul>
  )
}
