import { ToggleGroup } from 'radix-ui'
import { cx } from './cx.ts'
import { Icon, type IconName } from './icon.tsx'

export type SegmentedControlProps<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: IconName }[]
  /** Each part as wide as the others, over the whole column. */
  readonly wide?: boolean
}

/** One of two to four views, all in sight. */
export function SegmentedControl<Value extends string>({ label, value, onChange, options, wide }: SegmentedControlProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      // Pressing the chosen part again must not leave nothing chosen.
      onValueChange={(next) => {
        const option = options.find((one) => one.value === next)
        if (option) onChange(option.value)
      }}
      className={cx('inline-flex shrink-0 gap-0.5 rounded-md bg-fill p-0.5 forced-colors:border', wide && 'flex w-full')}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className={cx(
            'inline-flex h-[calc(var(--control)-4px)] items-center justify-center gap-1.5 rounded-sm px-3 text-sm font-medium whitespace-nowrap text-ink-2 transition-colors hover:text-ink',
            'data-[state=on]:bg-(--segment) data-[state=on]:text-ink data-[state=on]:shadow-rest data-[state=on]:ring data-[state=on]:ring-line forced-colors:data-[state=on]:outline-2',
            wide && 'flex-1',
          )}
        >
          {option.icon && <Icon name={option.icon} />}
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
