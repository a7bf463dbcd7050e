import { useFormats, useWords } from '../../lib/i18n.tsx'
import { FieldNote } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem, MenuLabel } from '../../ui/menu.tsx'
import { Switch } from '../../ui/switch.tsx'
import { anotherStretch, copyDay, setDay, stretchesOn, toggleDay, type WeeklyStretch } from './hours-form.ts'
import { StretchFields } from './stretch-fields.tsx'
import { servicesWords } from './words.ts'

export type DayOfWeekProps = {
  readonly weekday: number
  readonly weekly: readonly WeeklyStretch[]
  readonly fault: 'empty' | 'meet' | undefined
  readonly onChange: (weekly: readonly WeeklyStretch[]) => void
}

/** One weekday: open or closed, in as many stretches as there are; copied to other days with two presses. */
export function DayOfWeek({ weekday, weekly, fault, onChange }: DayOfWeekProps) {
  const t = useWords(servicesWords)
  const formats = useFormats()
  const day = formats.weekday(weekday)
  const stretches = stretchesOn(weekly, weekday)
  const open = stretches.length > 0
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-2 desk:grid-cols-[9rem_minmax(0,1fr)_auto]">
      <Switch
        label={
          <>
            <span aria-hidden="true">{day}</span>
            <span className="sr-only">{t('open', { day })}</span>
          </>
        }
        value={open}
        onChange={() => onChange(toggleDay(weekly, weekday))}
      />
      {open ? (
        <div className="grid gap-1 phone:col-span-2 phone:row-start-2">
          <StretchFields stretches={stretches} day={day} needsOne={false} onChange={(next) => onChange(setDay(weekly, weekday, next))} />
          <FieldNote
            id={`hours-${weekday}`}
            error={fault === 'meet' ? t('blocksMeet', { day }) : fault === 'empty' ? t('blockEmpty') : undefined}
          />
        </div>
      ) : (
        <span className="flex min-h-control items-center text-sm text-ink-3">{t('closed')}</span>
      )}
      {open && (
        <span className="flex items-start gap-1 phone:-me-2">
          <IconButton
            name={t('addBlock', { day })}
            icon="plus"
            onClick={() => onChange(setDay(weekly, weekday, [...stretches, anotherStretch(stretches)]))}
          />
          <Menu trigger={<IconButton name={t('copyDay', { day })} icon="copy" tip="none" />}>
            <MenuLabel>{t('copyTo')}</MenuLabel>
            <MenuItem onSelect={() => onChange(copyDay(weekly, weekday, [1, 2, 3, 4, 5]))}>{t('copyWeekdays')}</MenuItem>
            <MenuItem onSelect={() => onChange(copyDay(weekly, weekday, [1, 2, 3, 4, 5, 6, 7]))}>{t('copyAll')}</MenuItem>
          </Menu>
        </span>
      )}
    </div>
  )
}
