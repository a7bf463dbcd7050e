import { Popover as Radix } from 'radix-ui'
import { type KeyboardEvent, useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { intoSight } from '../../../lib/into-sight.ts'
import { When } from '../../../ui/ago.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { actorName } from '../event-sentence.tsx'
import type { TypedValue } from '../fields/own-value.ts'
import { useShownValue } from '../fields/use-shown-value.ts'
import { ValueInput } from '../fields/value-input.tsx'
import { fieldsWords } from '../fields/words.ts'
import { TagsField } from '../tags-field.tsx'
import { contactsWords } from '../words.ts'
import { bodyOfCell, type EditableKey, typedOfCell } from './cell-value.ts'
import type { ContactRow } from './queries.ts'
import type { Around } from './table-cell.tsx'
import { type CellMet, useSaveCell } from './use-save-cell.ts'
import { ROW_PX } from './window.rules.ts'

export type CellEditorProps = {
  readonly row: ContactRow
  readonly column: EditableKey
  readonly title: string
  readonly around: Around
  /** The cell it stands over. */
  readonly cell: HTMLElement
  /** Where the keys go on: at the cell, below it, or at the next one. */
  readonly onClose: (then: 'here' | 'below' | 'next') => void
}

/** A cell being changed, over its place: Enter and Tab save it, so does a press elsewhere, and Escape leaves it as it was. What is wrong stands at it. */
export function CellEditor({ row, column, title, around, cell, onClose }: CellEditorProps) {
  const t = useWords(fieldsWords)
  const words = useWords(contactsWords)
  const field = column.startsWith('own.') ? around.fields.get(column.slice('own.'.length)) : undefined
  const [typed, setTyped] = useState<TypedValue>(() => typedOfCell(row, column, field))
  const [wrong, setWrong] = useState<string>()
  const saving = useSaveCell(column, title)

  const send = async (then: 'here' | 'below' | 'next', over: ContactRow = row) => {
    const old = typedOfCell(over, column, field)
    if (JSON.stringify(typed) === JSON.stringify(old)) return onClose(then)
    const read = bodyOfCell(column, typed, field)
    if ('fault' in read) return setWrong(read.fault === 'nameMissing' ? words('nameMissing') : t(read.fault))
    setWrong(undefined)
    const back = bodyOfCell(column, old, field)
    if (await saving.save(over, read.body, 'fault' in back ? {} : back.body)) onClose(then)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (saving.met || event.nativeEvent.isComposing) return
    const button = event.target instanceof HTMLButtonElement
    const lines = event.target instanceof HTMLTextAreaElement && event.shiftKey
    // Enter first takes over a tag that stands in its box.
    const taking = column === 'tags' && event.target instanceof HTMLInputElement && event.target.value !== ''
    if (event.key === 'Enter' && !button && !lines && !taking) {
      event.preventDefault()
      void send('below')
    }
    if (event.key === 'Tab' && !event.shiftKey && !button) {
      event.preventDefault()
      void send('next')
    }
  }
  const error = wrong ?? saving.fault
  return (
    <Radix.Root open>
      <Radix.Anchor virtualRef={{ current: cell }} />
      <Radix.Portal>
        <Radix.Content
          aria-label={title}
          align="start"
          sideOffset={-ROW_PX}
          collisionPadding={8}
          onKeyDown={onKeyDown}
          onEscapeKeyDown={(event) => {
            event.preventDefault()
            onClose('here')
          }}
          onInteractOutside={(event) => {
            event.preventDefault()
            if (!saving.busy && !saving.met) void send('here')
          }}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-50 grid max-w-96 gap-2 rounded-md bg-raised p-2 shadow-float focus:outline-none forced-colors:border"
          style={{ minWidth: Math.max(cell.offsetWidth, 260) }}
        >
          {saving.met ? (
            <Met
              met={saving.met}
              column={column}
              title={title}
              mine={typed}
              around={around}
              busy={saving.busy}
              onTake={() => onClose('here')}
              onKeep={(met) => void send('here', met.row)}
            />
          ) : (
            <>
              <Input column={column} title={title} around={around} value={typed} onChange={setTyped} error={error} />
              {column === 'tags' || field?.type === 'choices' ? (
                <span className="flex gap-2">
                  <Button size="sm" variant="solid" busy={saving.busy} onClick={() => void send('here')}>
                    {t('save')}
                  </Button>
                  <Button size="sm" onClick={() => onClose('here')}>
                    {t('cancel')}
                  </Button>
                </span>
              ) : null}
            </>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

type InputProps = Pick<CellEditorProps, 'column' | 'title' | 'around'> & {
  readonly value: TypedValue
  readonly onChange: (value: TypedValue) => void
  readonly error: string | undefined
}

function Input({ column, title, around, value, onChange, error }: InputProps) {
  const words = useWords(contactsWords)
  const field = column.startsWith('own.') ? around.fields.get(column.slice('own.'.length)) : undefined
  if (field) return <ValueInput field={field} value={value} onChange={onChange} error={error} quiet autoFocus />
  if (typeof value !== 'string') return <TagsField value={value} onChange={onChange} error={error} />
  if (column === 'owner')
    return (
      <Select
        label={title}
        quiet
        error={error}
        value={value}
        onChange={onChange}
        options={[{ value: '', label: words('nobody') }, ...around.members.map(({ id, name }) => ({ value: id as string, label: name }))]}
      />
    )
  return (
    <TextField
      label={title}
      quiet
      autoFocus
      autoComplete="off"
      maxLength={column === 'givenName' || column === 'familyName' ? 120 : 200}
      value={value}
      onChange={onChange}
      error={error}
    />
  )
}

type MetProps = Pick<CellEditorProps, 'column' | 'title' | 'around'> & {
  readonly met: CellMet
  readonly mine: TypedValue
  readonly busy: boolean
  readonly onTake: () => void
  readonly onKeep: (met: CellMet) => void
}

/** Somebody else wrote the same cell meanwhile: both values, and which one stays. */
function Met({ met, column, title, mine, around, busy, onTake, onKeep }: MetProps) {
  const t = useWords(fieldsWords)
  const words = useWords(contactsWords)
  const formats = useFormats()
  const shownOwn = useShownValue()
  const field = column.startsWith('own.') ? around.fields.get(column.slice('own.'.length)) : undefined
  const shown = (typed: TypedValue): string => {
    if (field) {
      const read = bodyOfCell(column, typed, field)
      const value = 'body' in read ? (read.body.fields as Readonly<Record<string, unknown>> | undefined)?.[field.key] : undefined
      return shownOwn(field, value)
    }
    if (typeof typed !== 'string') return formats.list([...typed]) || t('nothing')
    if (column === 'owner') return around.members.find(({ id }) => id === typed)?.name ?? words('nobody')
    return typed || t('nothing')
  }
  const who = met.by ? actorName(words, met.by, met.contact, around.members) : words('actor/somebody')
  return (
    <div ref={intoSight} tabIndex={-1} className="rounded-md">
      <Note tone="wait" role="alert">
        <p>{t.parts('met', { who, field: title, when: met.at ? <When key="when" at={met.at} /> : '' })}</p>
        <p className="mt-1 font-medium">{t('metTheirs', { value: shown(typedOfCell(met.row, column, field)) })}</p>
        <p className="font-medium">{t('metMine', { value: shown(mine) })}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="sm" onClick={onTake}>
            {t('takeTheirs')}
          </Button>
          <Button size="sm" variant="solid" busy={busy} onClick={() => onKeep(met)}>
            {t('keepMine')}
          </Button>
        </div>
      </Note>
    </div>
  )
}
