import type { Role } from '@frontdesk/contract'
import type { ReactNode } from 'react'
import type { Reader } from '../lib/i18n.tsx'

/** Something a room found for the palette: a person, a page of the settings. */
export type FoundItem = {
  readonly id: string
  /** Its word in the shell's catalog is `found/<heading>`. */
  readonly heading: 'contacts' | 'privacy' | 'settings'
  readonly label: string
  readonly note?: string
  readonly lead?: ReactNode
  /** Where it leads, below the workspace: `contacts/<id>`. */
  readonly path: string
}

/** Who searches: her language, and her role in this workspace. */
export type Searcher = { readonly reader: Reader; readonly role: Role }

/** Looks for a text of at least two characters; stops when `signal` does. */
export type PaletteSearch = (text: string, signal: AbortSignal, who: Searcher) => Promise<readonly FoundItem[]>

/** Who is asked while somebody types into the palette, loaded at the first question. A room that can be searched adds one line. */
export const paletteSources: readonly (() => Promise<PaletteSearch>)[] = [
  () => import('../features/contacts/palette.tsx').then((file) => file.searchContacts),
  () => import('../features/privacy/palette.tsx').then((file) => file.searchPrivacy),
  () => import('../features/settings/palette.tsx').then((file) => file.searchSettings),
]
