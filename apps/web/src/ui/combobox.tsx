import { Command } from 'cmdk'
import { type ReactNode, useState } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { cx } from './cx.ts'
import { Field, type FieldProps, inputLook } from './field.tsx'
import { Icon } from './icon.tsx'
import { Popover } from './popover.tsx'
import { uiWords } from './words.ts'

/** One choice of a `Combobox`, with the words under which it is found. */
export type ComboboxOption<Value extends string> = {
  readonly value: Value
  readonly label: string
  /** Other words under which it is found. */
  readonly words?: readonly string[]
  /** A softer word at the end. */
  readonly note?: ReactNode
  readonly lead?: ReactNode
  readonly group?: string
}

/** What `Combobox` is given. */
export type ComboboxProps<Value extends string> = FieldProps<Value> & {
  readonly options: readonly ComboboxOption<Value>[]
  /** What the closed box says without a choice. */
  readonly placeholder?: string
  /** For answers that come from the server: what is typed; the options then are taken as they are. */
  readonly onSearch?: (text: string) => void
  /** Shown instead of "Nothing found", such as a way to add one. */
  readonly none?: ReactNode
  readonly className?: string
}

/** How many rows are drawn at once; typing finds the rest. */
const SHOWN = 60

/** One of many, found by typing. */
export function Combobox<Value extends string>(props: ComboboxProps<Value>) {
  const { label, hint, error, optional, quiet, className, value, onChange, options, placeholder, onSearch, none, disabled } = props
  const t = useWords(uiWords)
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const chosen = options.find((option) => option.value === value)
  const found = onSearch ? options : options.filter((option) => matches(option, typed))
  const groups = Map.groupBy(found.slice(0, SHOWN), (option) => option.group ?? '')

  const search = (text: string) => {
    setTyped(text)
    onSearch?.(text)
  }
  return (
    <Field label={label} hint={hint} error={error} optional={optional} quiet={quiet} className={className}>
      {(control) => (
        <Popover
          label={label}
          flush
          fit
          open={open}
          onOpenChange={(next) => {
            setOpen(next)
            if (next) search('')
          }}
          trigger={
            <button
              {...control}
              type="button"
              role="combobox"
              aria-expanded={open}
              disabled={disabled}
              // A button has no name of its own from a label that also holds its value, so both are said.
              aria-label={`${label}: ${chosen?.label ?? placeholder ?? t('choose')}`}
              className={cx(inputLook, 'flex items-center gap-2 text-start')}
            >
              {chosen?.lead}
              <span className={cx('min-w-0 flex-1 truncate', !chosen && 'text-ink-3')}>{chosen?.label ?? placeholder ?? t('choose')}</span>
              <Icon name="chevronsUpDown" className="text-ink-3" />
            </button>
          }
        >
          <Command label={label} shouldFilter={false} loop>
            <div className="sticky top-0 z-1 flex items-center gap-2 border-b border-line bg-raised px-3">
              <Icon name="search" className="text-ink-3" />
              <Command.Input
                value={typed}
                onValueChange={search}
                placeholder={t('search')}
                className="h-10 min-w-0 flex-1 bg-transparent text-md outline-none phone:h-12"
              />
            </div>
            <Command.List className="scroll-calm max-h-72 overflow-auto p-1">
              <Command.Empty className="px-3 py-4 text-center text-sm text-ink-2">{none ?? t('nothingFound')}</Command.Empty>
              {[...groups].map(([group, members]) => (
                <Command.Group
                  key={group}
                  heading={group || undefined}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3"
                >
                  {members.map((option) => (
                    <Command.Item
                      key={option.value}
                      value={option.value}
                      onSelect={() => {
                        onChange(option.value)
                        setOpen(false)
                      }}
                      className="flex min-h-(--control-sm) cursor-default items-center gap-2.5 rounded-sm px-2 py-1 text-sm data-[selected=true]:bg-fill forced-colors:data-[selected=true]:outline-2"
                    >
                      {option.lead}
                      <span className="min-w-0 flex-1 truncate">{option.label}</span>
                      {option.note && <span className="figures text-xs text-ink-3">{option.note}</span>}
                      {option.value === value && <Icon name="check" className="text-link" />}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Popover>
      )}
    </Field>
  )
}

/** Every typed word begins a word of the option, whatever its accents: "sao" finds "São Paulo". */
function matches(option: ComboboxOption<string>, typed: string): boolean {
  const wanted = plain(typed).split(' ').filter(Boolean)
  const words = plain([option.label, ...(option.words ?? [])].join(' ')).split(' ')
  return wanted.every((part) => words.some((word) => word.startsWith(part)))
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[/_,().–-]+/g, ' ')
}
