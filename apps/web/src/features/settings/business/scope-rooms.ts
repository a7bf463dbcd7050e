import type { Scope } from './queries.ts'

/** Where the things that scopes are about belong, in the order they are shown. */
const rooms = {
  calendar: ['bookings', 'services', 'staff', 'resources', 'time_off', 'calendars', 'hours', 'booking_page'],
  contacts: ['contacts', 'companies', 'contact_fields', 'list_exports', 'notes'],
  leads: ['leads', 'pipelines'],
  inbox: ['conversations', 'outbox'],
  privacy: [
    'privacy_overview',
    'gate',
    'suppressions',
    'contact_policy',
    'registries',
    'retention',
    'legal_holds',
    'requests',
    'complaints',
    'privacy_office',
    'registers',
    'breaches',
    'legal_requests',
    'disclosures',
    'ownership',
    'processing_terms',
    'training',
    'authorization_policy',
    'privacy_settings',
    'sensitive_fields',
    'sensitive_values',
    'sensitive_reveals',
    'audit',
    'policies',
  ],
  workspace: ['workspace', 'members', 'invitations', 'api_keys', 'operator_grants'],
  server: ['events', 'webhooks', 'jobs', 'server'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ScopeRoom = keyof typeof rooms | 'other'

/** The parts of a scope's name: `bookings.read` is about bookings, to read them. */
export const scopeParts = (name: string): { readonly noun: string; readonly verb: string } => {
  const at = name.lastIndexOf('.')
  return at === -1 ? { noun: name, verb: '' } : { noun: name.slice(0, at), verb: name.slice(at + 1) }
}

/** The scopes that may be given, by room; what belongs to none stands at the end under `other`. */
export function scopesByRoom(scopes: readonly Scope[]): readonly { readonly room: ScopeRoom; readonly scopes: readonly string[] }[] {
  const givable = scopes.filter(({ mayGive }) => mayGive).map(({ name }) => name)
  const placed = Object.entries(rooms).map(([room, nouns]) => ({
    room: room as ScopeRoom,
    scopes: (nouns as readonly string[]).flatMap((noun) => givable.filter((name) => scopeParts(name).noun === noun).toSorted(readFirst)),
  }))
  const known = new Set(placed.flatMap((one) => one.scopes))
  const other = givable.filter((name) => !known.has(name))
  return [...placed, { room: 'other' as const, scopes: other }].filter((one) => one.scopes.length > 0)
}

const readFirst = (a: string, b: string): number => Number(b.endsWith('.read')) - Number(a.endsWith('.read')) || a.localeCompare(b)
