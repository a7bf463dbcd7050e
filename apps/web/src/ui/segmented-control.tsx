import { useId } from 'react'
import { cx } from './cx.ts'
import { Icon, type IconName } from './icon.tsx'

/** What `SegmentedControl` is given. */
export type SegmentedControlProps<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: IconName }[]
  /** Each part as wide as the others, over the whole column. */
  readonly wide?: boolean
}

/** One of two to four views, all in sight. Radio buttons underneath, so arrows and screen readers work as everywhere. */
export function SegmentedControl<Value extends string>({ label, value, onChange, options, wide }: SegmentedControlProps<Value>) {
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cx('shrink-0 gap-0.5 rounded-md bg-fill p-0.5 forced-colors:border', wide ? 'flex w-full' : 'inline-flex')}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            'relative inline-flex h-[calc(var(--control)-4px)] phone:h-(--control) items-center justify-center gap-1.5 rounded-sm px-3 text-sm font-medium whitespace-nowrap text-ink-2 transition-colors hover:text-ink',
            'has-checked:bg-(--segment) has-checked:text-ink has-checked:shadow-rest has-checked:ring has-checked:ring-line',
            'has-focus-visible:outline-2 has-focus-visible:outline-focus',
            'forced-colors:has-checked:forced-color-adjust-none forced-colors:has-checked:bg-[color:Highlight] forced-colors:has-checked:text-[color:HighlightText]',
            wide && 'flex-1',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-sm focus-visible:outline-none"
          />
          {option.icon && <Icon name={option.icon} />}
          {option.label}
        </label>
      ))}
    </div>
  )
}
