import { useEffect, useRef, useState } from 'react'
import { useCommands } from '../../lib/commands.ts'
import { useWords } from '../../lib/i18n.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { enterList } from '../../ui/list.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { contactsWords } from './words.ts'

/** How long fingers rest before the server is asked. */
const REST_MS = 200

export type ListSearchProps = { readonly value: string; readonly onChange: (text: string | undefined) => void }

/** The box that searches the list while one types; `/` leads into it, the arrow down out of it into the list. */
export function ListSearch({ value, onChange }: ListSearchProps) {
  const t = useWords(contactsWords)
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(value)
  const latest = useRef(onChange)
  latest.current = onChange
  useCommands([{ label: t('focusSearch'), group: t('group'), keys: '/', icon: 'search', run: () => input.current?.focus() }])
  const sent = useRef(value)
  useEffect(() => {
    // The address changed by itself, as with the way back.
    if (value === sent.current) return
    sent.current = value
    setTyped(value)
  }, [value])
  useEffect(() => {
    if (typed.trim() === sent.current) return
    const timer = setTimeout(() => {
      sent.current = typed.trim()
      latest.current(typed.trim() || undefined)
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <TextField
      ref={input}
      quiet
      type="search"
      icon="search"
      label={t('searchLabel')}
      placeholder={t('searchHint')}
      value={typed}
      onChange={setTyped}
      autoComplete="off"
      spellCheck={false}
      after={typed ? <IconButton name={t('clearSearch')} icon="close" size="sm" tip="none" onClick={() => setTyped('')} /> : <Kbd>/</Kbd>}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown' && enterList()) event.preventDefault()
        if (event.key === 'Escape') {
          setTyped('')
          event.currentTarget.blur()
        }
      }}
    />
  )
}
