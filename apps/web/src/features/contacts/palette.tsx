import type { PaletteSearch } from '../../app/palette-sources.ts'
import { call } from '../../lib/api.ts'
import { Avatar } from '../../ui/avatar.tsx'

/** Finds contacts by a part of their name, address or number, for the palette. */
export const searchContacts: PaletteSearch = async (text, signal) => {
  const { items } = await call('GET /contacts/search', { query: { q: text, limit: 6 }, signal })
  return items.map((contact) => ({
    id: contact.id,
    heading: 'contacts',
    label: contact.name,
    lead: <Avatar name={contact.name} id={contact.id} size="sm" />,
    path: `contacts/${contact.id}`,
    ...(contact.company || contact.email || contact.phoneShown
      ? { note: contact.company ?? contact.email ?? contact.phoneShown ?? '' }
      : {}),
  }))
}
