import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { Avatar } from '../../../ui/avatar.tsx'
import { cx } from '../../../ui/cx.ts'
import { TextArea, type TextAreaProps } from '../../../ui/text-area.tsx'
import { type Beginning, type Mentionable, meant, mentionAt, writeMention } from './mention.rules.ts'
import { notesWords } from './words.ts'

export type MentionAreaProps = Omit<TextAreaProps, 'onKeyDown'> & {
  readonly people: readonly Mentionable[]
  /** Ctrl or ⌘ with Enter. */
  readonly onSend: () => void
}

/** Several lines of text in which an @ offers names: the arrows choose, Enter or Tab writes, Escape leaves it. The focus never leaves the text. */
export function MentionArea({ people, onSend, onChange, ...rest }: MentionAreaProps) {
  const t = useWords(notesWords)
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const [beginning, setBeginning] = useState<Beginning>()
  const [chosen, setChosen] = useState(0)
  const caret = useRef<number>(undefined)
  const found = beginning ? meant(people, beginning.typed) : []
  const current = found[Math.min(chosen, found.length - 1)]

  // Where a name was written, the caret stands behind it.
  useLayoutEffect(() => {
    if (caret.current === undefined) return
    area.current?.setSelectionRange(caret.current, caret.current)
    caret.current = undefined
  })
  const look = (text: string, at: number) => {
    const next = mentionAt(text, at)
    setBeginning(next)
    if (next?.typed !== beginning?.typed) setChosen(0)
  }
  const write = (person: Mentionable) => {
    if (!beginning) return
    const written = writeMention(rest.value, beginning, person.name)
    caret.current = written.caret
    setBeginning(undefined)
    onChange(written.text)
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      return onSend()
    }
    if (!current || event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setChosen((Math.min(chosen, found.length - 1) + step + found.length) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') write(current)
    else if (event.key === 'Escape') setBeginning(undefined)
    else return
    event.preventDefault()
  }
  return (
    <div className="relative">
      <TextArea
        {...rest}
        area={area}
        onChange={(text) => {
          onChange(text)
          look(text, area.current?.selectionStart ?? text.length)
        }}
        onKeyDown={press}
        onBlur={() => setBeginning(undefined)}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        {...(current ? { 'aria-controls': id, 'aria-activedescendant': `${id}-${current.id}` } : {})}
      />
      <span role="status" className="sr-only">
        {current && t('mentionCount', { count: found.length })}
      </span>
      {current && (
        <div
          role="listbox"
          id={id}
          aria-label={t('mentionWho')}
          className="absolute inset-x-0 top-full z-30 mt-1 max-h-64 overflow-auto rounded-lg bg-raised p-1 shadow-float forced-colors:border"
        >
          {found.map((person) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the text, which keeps the focus
            <div
              key={person.id}
              role="option"
              id={`${id}-${person.id}`}
              tabIndex={-1}
              aria-selected={person === current}
              // The text keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => write(person)}
              className={cx(
                'flex min-h-(--control-sm) cursor-default items-center gap-2.5 rounded-sm px-2 py-1 text-sm phone:min-h-11',
                'aria-selected:bg-fill forced-colors:aria-selected:outline-2',
              )}
            >
              <Avatar name={person.name} id={person.id} size="sm" />
              <bdi className="min-w-0 flex-1 truncate">{person.name}</bdi>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
