import { useFormats } from '../lib/i18n.tsx'
import type { FieldProps } from './field.tsx'
import { Select } from './select.tsx'

/** What `TimeSelect` is given. */
export type TimeSelectProps = FieldProps<string> & {
  /** In minutes. */
  readonly step?: number
  /** `end` also offers midnight at the end of the day, `24:00`. */
  readonly kind?: 'start' | 'end'
  readonly className?: string
}

/** A wall-clock time out of a list, `09:30`, written on the reader's own clock. For hours and plans; where any minute counts, take `TimeField`. */
export function TimeSelect({ step = 15, kind = 'start', value, ...rest }: TimeSelectProps) {
  const formats = useFormats()
  const offered = Array.from({ length: (24 * 60) / step }, (_, index) => wallTime(index * step))
  const times = kind === 'end' ? [...offered.slice(1), '24:00'] : offered
  const all = value === '' || times.includes(value) ? times : [...times, value].toSorted()
  return <Select {...rest} value={value} options={all.map((time) => ({ value: time, label: formats.wallTime(time) }))} />
}

const wallTime = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
