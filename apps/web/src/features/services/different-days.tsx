import { useFormats, useWords } from '../../lib/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { FieldNote } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { anotherStretch, type DifferentDay, type HoursFaults } from './hours-form.ts'
import { StretchFields } from './stretch-fields.tsx'
import { servicesWords } from './words.ts'

export type DifferentDaysProps = {
  readonly days: readonly DifferentDay[]
  readonly faults: HoursFaults['days']
  readonly strict: boolean
  readonly onChange: (days: readonly DifferentDay[]) => void
}

/** Days that differ from the week: closed, or with other hours. */
export function DifferentDays({ days, faults, strict, onChange }: DifferentDaysProps) {
  const t = useWords(servicesWords)
  const change = (index: number, what: Partial<DifferentDay>) =>
    onChange(days.map((day, place) => (place === index ? { ...day, ...what } : day)))
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-1 text-sm font-medium">{t('exceptions')}</legend>
      <p className="-mt-1 text-xs text-ink-3">
        {days.length === 0 ? t('noExceptions') : ''} {t('exceptionsIntro')}
      </p>
      {days.map((day, index) => (
        <OneDay
          // biome-ignore lint/suspicious/noArrayIndexKey: a day is known by its place while its date is being chosen
          key={index}
          day={day}
          fault={faults.get(index) === 'missing' && !strict ? undefined : faults.get(index)}
          onChange={(what) => change(index, what)}
          onRemove={() => onChange(days.filter((_, place) => place !== index))}
        />
      ))}
      <span>
        <Button size="sm" icon="plus" onClick={() => onChange([...days, { date: '', closed: true, blocks: [], label: '' }])}>
          {t('addException')}
        </Button>
      </span>
    </fieldset>
  )
}

type OneDayProps = {
  readonly day: DifferentDay
  readonly fault: 'empty' | 'meet' | 'missing' | 'twice' | undefined
  readonly onChange: (what: Partial<DifferentDay>) => void
  readonly onRemove: () => void
}

function OneDay({ day, fault, onChange, onRemove }: OneDayProps) {
  const t = useWords(servicesWords)
  const formats = useFormats()
  const named = day.date ? formats.plainDate(day.date) : t('exceptionDate')
  return (
    <div className="grid gap-2 rounded-lg border border-line p-3">
      <div className="flex items-end gap-2 phone:grid phone:grid-cols-[minmax(0,1fr)_auto]">
        <DateField
          label={t('exceptionDate')}
          value={day.date}
          onChange={(date) => onChange({ date })}
          error={fault === 'missing' ? t('dayMissing') : fault === 'twice' ? t('dayTwice', { day: named }) : undefined}
          className="w-40 phone:w-auto"
        />
        <TextField
          label={t('exceptionLabel')}
          optional
          maxLength={80}
          autoComplete="off"
          value={day.label}
          onChange={(label) => onChange({ label })}
          className="min-w-36 flex-1 phone:order-last phone:col-span-2"
        />
        <IconButton name={t('removeException', { day: named })} icon="trash" onClick={onRemove} />
      </div>
      <div className="flex flex-wrap items-start gap-3">
        <SegmentedControl
          label={named}
          value={day.closed ? 'closed' : 'open'}
          onChange={(state) =>
            onChange({
              closed: state === 'closed',
              blocks: state === 'open' && day.blocks.length === 0 ? [{ from: '09:00', to: '12:00' }] : day.blocks,
            })
          }
          options={[
            { value: 'closed', label: t('exceptionClosed') },
            { value: 'open', label: t('exceptionOpen') },
          ]}
        />
        {!day.closed && (
          <div className="flex items-start gap-1 phone:w-full phone:flex-wrap">
            <StretchFields stretches={day.blocks} day={named} needsOne onChange={(blocks) => onChange({ blocks })} />
            <IconButton
              name={t('addBlock', { day: named })}
              icon="plus"
              onClick={() => onChange({ blocks: [...day.blocks, anotherStretch(day.blocks)] })}
            />
          </div>
        )}
      </div>
      <FieldNote
        id="day-fault"
        error={fault === 'meet' ? t('blocksMeet', { day: named }) : fault === 'empty' ? t('blockEmpty') : undefined}
      />
    </div>
  )
}
