import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Avatar } from '../../../ui/avatar.tsx'
import { Combobox } from '../../../ui/combobox.tsx'
import { useRested } from '../../calendar/contact-picker.tsx'
import { requestWords } from './words.ts'

const REST_MS = 180

/** Whose data it is: found by name, address or number. */
export function ContactField({
  label,
  value,
  onChange,
  error,
  optional,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (id: string) => void
  readonly error?: string | undefined
  readonly optional?: boolean
}) {
  const t = useWords(requestWords)
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
  const options = (data?.items ?? []).map((contact) => ({
    value: contact.id as string,
    label: contact.name,
    lead: <Avatar name={contact.name} id={contact.id} size="sm" />,
  }))
  return (
    <Combobox
      label={label}
      placeholder={t('findContact')}
      value={value}
      options={options}
      onSearch={setTyped}
      onChange={onChange}
      error={error}
      none={t('nobodyFound')}
      {...(optional ? { optional } : {})}
    />
  )
}
