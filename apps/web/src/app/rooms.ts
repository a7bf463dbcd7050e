import type { Role } from '@frontdesk/contract'
import type { IconName } from '../ui/icon.tsx'
import type { ServerStatus } from './status.ts'

/** What decides whether a room is shown to somebody. */
export type RoomFacts = { readonly role: Role; readonly status: ServerStatus | undefined }

/** The rooms by name; it is also the first part of their addresses. */
export type RoomKey = 'calendar' | 'contacts' | 'inbox' | 'leads' | 'services' | 'outbox' | 'privacy' | 'settings'

/** One room of the house, as the rail, the bar and the palette show it. */
export type Room = {
  /** Its word in the shell's catalog is `room/<key>`. */
  readonly key: RoomKey
  readonly to: `/w/$workspace/${RoomKey}`
  readonly icon: IconName
  /** The second key after `g`. */
  readonly key2: string
  /** At the foot of the rail, apart from the daily work. */
  readonly foot?: true
  /** Left out: everybody sees it, always. */
  readonly shown?: (facts: RoomFacts) => boolean
}

/** Every room there is, in the order of the rail. The phone's bar takes the first four that are shown; a new room adds one line, its words and its route. */
export const rooms: readonly Room[] = [
  { key: 'calendar', to: '/w/$workspace/calendar', icon: 'calendar', key2: 'c' },
  { key: 'contacts', to: '/w/$workspace/contacts', icon: 'users', key2: 'p', shown: ({ role }) => role !== 'billing' },
  { key: 'inbox', to: '/w/$workspace/inbox', icon: 'inbox', key2: 'i', shown: ({ role }) => role !== 'billing' },
  { key: 'services', to: '/w/$workspace/services', icon: 'tag', key2: 'v' },
  { key: 'leads', to: '/w/$workspace/leads', icon: 'flag', key2: 'l', shown: ({ role }) => role !== 'billing' },
  // Mail that goes out is seen with its conversation; this room is for the time when it does not go out.
  { key: 'outbox', to: '/w/$workspace/outbox', icon: 'outbox', key2: 'o', shown: ({ status }) => status?.mail === 'outbox_only' },
  { key: 'privacy', to: '/w/$workspace/privacy', icon: 'shield', key2: 'y', shown: ({ role }) => role !== 'billing' },
  { key: 'settings', to: '/w/$workspace/settings', icon: 'settings', key2: 's', foot: true },
]
