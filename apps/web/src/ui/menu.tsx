import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Icon, type IconName } from './icon.tsx'
import { Kbd } from './kbd.tsx'

const itemLook = cx(
  'flex min-h-(--control-sm) cursor-default items-center gap-2.5 rounded-sm px-2 py-1 text-sm outline-none select-none data-highlighted:bg-fill',
  'data-disabled:text-ink-3 forced-colors:data-highlighted:outline-2',
)

/** What `Menu` is given. */
export type MenuProps = {
  readonly trigger: ReactElement
  readonly children: ReactNode
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  /** Already open when it is first drawn; see `onDemandMenu`. */
  readonly startOpen?: boolean
  /** Words for the list itself; otherwise the trigger names it. */
  readonly label?: string
}

/** A list of actions behind one button. */
export function Menu({ trigger, children, align = 'end', side = 'bottom', startOpen, label }: MenuProps) {
  return (
    // Not modal: the page behind stays readable, and a press beside the menu only closes it.
    <Radix.Root modal={false} defaultOpen={startOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          {...(label ? { 'aria-label': label } : {})}
          className="z-50 scroll-calm max-h-(--radix-dropdown-menu-content-available-height) max-w-[calc(100vw-1rem)] min-w-52 origin-(--radix-dropdown-menu-content-transform-origin) animate-rise overflow-auto rounded-lg bg-raised p-1 shadow-float forced-colors:border"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** What `MenuItem` is given. */
export type MenuItemProps = {
  readonly icon?: IconName
  /** Something instead of an icon, such as an avatar. */
  readonly lead?: ReactNode
  readonly children: ReactNode
  /** A softer word at the end. */
  readonly note?: ReactNode
  readonly keys?: string
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly onSelect: () => void
}

/** One action. */
export function MenuItem({ icon, lead, children, note, keys, danger, disabled, onSelect }: MenuItemProps) {
  return (
    <Radix.Item className={cx(itemLook, danger && 'text-no-ink')} {...(disabled ? { disabled } : {})} onSelect={onSelect}>
      {lead ?? (icon && <Icon name={icon} className={danger ? undefined : 'text-ink-3'} />)}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {note && <span className="text-xs text-ink-3">{note}</span>}
      {keys && <Kbd>{keys}</Kbd>}
    </Radix.Item>
  )
}

/** A link in a menu; give it one anchor. */
export function MenuLink({ icon, children }: { readonly icon?: IconName; readonly children: ReactElement<{ children?: ReactNode }> }) {
  return (
    <Radix.Item asChild className={cx(itemLook, 'no-underline')}>
      {icon ? <MenuAnchor icon={icon}>{children}</MenuAnchor> : children}
    </Radix.Item>
  )
}

function MenuAnchor({ icon, children, ...rest }: { readonly icon: IconName; readonly children: ReactElement<{ children?: ReactNode }> }) {
  const { type: Anchor, props } = children
  return (
    <Anchor {...props} {...rest}>
      <Icon name={icon} className="text-ink-3" />
      {props.children}
    </Anchor>
  )
}

/** What `MenuChoice` is given. */
export type MenuChoiceProps<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly choices: readonly {
    readonly value: Value
    readonly label: string
    readonly icon?: IconName
    readonly lead?: ReactNode
    readonly lang?: string
  }[]
}

/** One of a few, inside a menu. */
export function MenuChoice<Value extends string>({ label, value, onChange, choices }: MenuChoiceProps<Value>) {
  return (
    <Radix.Group>
      <MenuLabel>{label}</MenuLabel>
      <Radix.RadioGroup
        value={value}
        onValueChange={(next) => {
          const chosen = choices.find((choice) => choice.value === next)
          if (chosen) onChange(chosen.value)
        }}
      >
        {choices.map((choice) => (
          <Radix.RadioItem key={choice.value} value={choice.value} className={itemLook} lang={choice.lang}>
            {choice.lead ?? (choice.icon && <Icon name={choice.icon} className="text-ink-3" />)}
            <span className="min-w-0 flex-1 truncate">{choice.label}</span>
            <Radix.ItemIndicator>
              <Icon name="check" className="text-link" />
            </Radix.ItemIndicator>
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    </Radix.Group>
  )
}

/** A heading inside a menu. */
export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Radix.Label className="px-2 pt-2 pb-1 text-xs text-ink-3">{children}</Radix.Label>
}

/** A hairline between groups. */
export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />
}
