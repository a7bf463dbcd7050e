import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { bookingWords } from './booking-words.ts'

export type ContactPickerProps = {
  /** Empty for nobody yet. */
  readonly value: string
  readonly chosenName: string
  readonly onChange: (contact: { readonly id: string; readonly name: string }) => void
  /** Somebody who is not there yet, with what was typed. */
  readonly onNew: (typed: string) => void
  readonly error?: string | undefined
  /** Somebody who cannot be chosen. */
  readonly without?: string
}

/** How long fingers rest before the server is asked. */
const REST_MS = 180

/** Who is booked: found by name, address or number, the latest ones first; or somebody new. */
export function ContactPicker({ value, chosenName, onChange, onNew, error, without }: ContactPickerProps) {
  const t = useWords(bookingWords)
  const [typed, setTyped] = useState('')
  const text = useRested(typed.trim(), REST_MS)
  const { data } = useQuery({
    queryKey: ['contacts', 'picker', text],
    queryFn: async ({ signal }) =>
      text.length > 1
        ? await call('GET /contacts/search', { query: { q: text, limit: 8 }, signal })
        : await call('GET /contacts', { query: { limit: 8, sort: 'recent' }, signal }),
    placeholderData: (before) => before,
  })
  const found = (data?.items ?? []).filter(({ id }) => id !== without)
  const options = found.map((contact) => ({
    value: contact.id as string,
    label: contact.name,
    lead: <Avatar name={contact.name} id={contact.id} size="sm" />,
    ...(contact.phoneShown || contact.email ? { note: contact.phoneShown ?? contact.email ?? '' } : {}),
  }))
  const chosen =
    value && !found.some(({ id }) => id === value)
      ? [{ value, label: chosenName, lead: <Avatar name={chosenName} id={value} size="sm" /> }]
      : []
  return (
    <Combobox
      label={t('contact')}
      placeholder={t('findContact')}
      value={value}
      // The one who is chosen stays known while others are looked for; without a search it stands first.
      options={typed.trim() ? options : [...chosen, ...options]}
      onSearch={setTyped}
      onChange={(id) => onChange({ id, name: [...chosen, ...options].find((option) => option.value === id)?.label ?? '' })}
      error={error}
      none={
        <span className="grid justify-items-center gap-2">
          {t('nobodyFound')}
          <Button size="sm" icon="plus" onClick={() => onNew(typed.trim())}>
            {typed.trim() ? t('addNamed', { name: typed.trim() }) : t('newContact')}
          </Button>
        </span>
      }
    />
  )
}

/** A value once it has rested. */
export function useRested<Value>(value: Value, ms: number): Value {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return rested
}
