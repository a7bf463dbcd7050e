import { useFormats, useWords } from '../../lib/i18n.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TimeSelect } from '../../ui/time-select.tsx'
import { blocksOf, changeBlock, type OpenBlock, toggleDay } from './week.ts'
import { onboardingWords } from './words.ts'

/** What `DayHours` is given. */
export type DayHoursProps = {
  readonly weekday: number
  readonly week: readonly OpenBlock[]
  readonly onChange: (week: readonly OpenBlock[]) => void
  readonly wrong: boolean
}

/** One day of the week: open or closed, from when until when. */
export function DayHours({ weekday, week, onChange, wrong }: DayHoursProps) {
  const t = useWords(onboardingWords)
  const formats = useFormats()
  const day = formats.weekday(weekday)
  const blocks = blocksOf(week, weekday)
  return (
    <div className="flex flex-wrap items-center gap-x-3 py-1.5">
      <div className="min-w-30 flex-1">
        <Switch
          label={
            <>
              <span aria-hidden="true">{day}</span>
              <span className="sr-only">{t('hours/open', { day })}</span>
            </>
          }
          value={blocks.length > 0}
          onChange={() => onChange(toggleDay(week, weekday))}
        />
      </div>
      {blocks.length === 0 ? (
        <span className="text-sm text-ink-3">{t('hours/closed')}</span>
      ) : (
        <div className="grid gap-1 phone:w-full">
          {blocks.map((block) => (
            <div key={week.indexOf(block)} className="flex items-center gap-2">
              <TimeSelect
                quiet
                label={t('hours/from', { day })}
                value={block.from}
                onChange={(from) => onChange(changeBlock(week, block, { from }))}
                className="w-28 phone:w-auto phone:flex-1"
              />
              <span aria-hidden="true" className="text-ink-3">
                –
              </span>
              <TimeSelect
                quiet
                label={t('hours/to', { day })}
                value={block.to}
                error={wrong ? t('hours/wrong') : undefined}
                onChange={(to) => onChange(changeBlock(week, block, { to }))}
                className="w-28 phone:w-auto phone:flex-1"
              />
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
