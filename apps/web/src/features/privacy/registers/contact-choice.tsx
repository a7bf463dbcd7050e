import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Combobox } from '../../../ui/combobox.tsx'
import { useRested } from '../../calendar/contact-picker.tsx'

const REST_MS = 180

/** Finds a contact by name, address or number. */
export function ContactChoice({
  label,
  none,
  onChoose,
}: {
  readonly label: string
  readonly none: string
  readonly onChoose: (contact: { readonly id: string; readonly name: string }) => void
}) {
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
  const found = data?.items ?? []
  return (
    <Combobox
      label={label}
      placeholder={label}
      value=""
      options={found.map((contact) => ({
        value: contact.id as string,
        label: contact.name,
        lead: <Avatar name={contact.name} id={contact.id} size="sm" />,
      }))}
      onSearch={setTyped}
      onChange={(id) => {
        const contact = found.find((one) => one.id === id)
        if (contact) onChoose({ id: contact.id, name: contact.name })
      }}
      error={undefined}
      none={none}
    />
  )
}
