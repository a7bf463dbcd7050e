import type { ApiKeyId, DataCategory, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import type { EndpointRecipient } from '../../../platform/webhooks/index.ts'
import type { KeyRecipient } from '../../accounts/index.ts'
import { processingPurpose } from './disclosures/disclosures.ts'
import { type RecordDisclosure, recordDisclosure } from './disclosures/record-disclosure.ts'
import { requireRecipient } from './egress.ts'

const person = ['name', 'contact_details'] as const
const everything = [
  'appointment',
  'behaviour',
  'communication',
  'contact_details',
  'device',
  'free_text',
  'identifier',
  'name',
  'preference',
  'proof',
] as const
const nothing = [] as const

/** The kinds of data that scopes show, by the noun before the point. What shows everything of somebody counts as everything. */
export const shownBy: Readonly<Record<string, readonly DataCategory[]>> = {
  access_rules: ['name'],
  api_keys: ['name'],
  audit: ['name', 'behaviour'],
  authorization_policy: nothing,
  booking_page: nothing,
  bookings: [...person, 'appointment', 'free_text'],
  breaches: person,
  calendar_feeds: [...person, 'appointment'],
  calendars: ['name', 'behaviour'],
  companies: person,
  complaints: [...person, 'communication', 'free_text', 'proof'],
  consents: [...person, 'preference', 'proof'],
  contact_fields: nothing,
  contact_policy: nothing,
  contacts: everything,
  conversations: [...person, 'communication', 'free_text'],
  cookies: ['preference', 'proof'],
  disclosures: [...person, 'proof'],
  erasures: ['proof'],
  events: ['identifier'],
  flags: [...person, 'location'],
  forms: nothing,
  gate: [...person, 'preference', 'proof'],
  hours: nothing,
  inquiries: person,
  invitations: person,
  jobs: ['identifier'],
  known_facts: [...person, 'proof'],
  leads: [...person, 'behaviour', 'financial', 'free_text'],
  list_exports: everything,
  legal_holds: [...person, 'proof'],
  legal_requests: everything,
  lists: ['behaviour'],
  members: [...person, 'behaviour'],
  operator_grants: ['name'],
  outbox: [...person, 'communication', 'free_text'],
  ownership: person,
  pipelines: nothing,
  policies: person,
  privacy_office: person,
  privacy_overview: person,
  privacy_settings: nothing,
  processing_terms: ['name'],
  registers: ['name'],
  registries: nothing,
  requests: [...person, 'communication', 'free_text', 'proof'],
  resources: nothing,
  retention: person,
  rights: ['proof'],
  segments: ['free_text'],
  sensitive_fields: person,
  sensitive_reveals: [...person, 'free_text'],
  sensitive_values: [...person, 'financial', 'free_text', 'identifier'],
  server: nothing,
  services: nothing,
  staff: ['name'],
  submissions: [...person, 'behaviour', 'free_text', 'location', 'preference'],
  suppressions: [...person, 'preference'],
  tasks: ['name', 'free_text'],
  time_off: ['name'],
  training: ['name'],
  waitlist: [...person, 'appointment', 'preference'],
  webhooks: ['identifier'],
  workspace: nothing,
  workspace_exports: everything,
}

/** Everything that a key with these scopes shows. A scope that is not known here counts as everything. */
export const categoriesShown = (scopes: readonly string[]): DataCategory[] =>
  [...new Set(scopes.flatMap((scope) => shownBy[scope.split('.')[0] ?? ''] ?? everything))].sort()

const covered = (tx: WorkspaceTx, { processorId, purpose, scopes }: KeyRecipient) =>
  requireRecipient(tx, { processorId, purpose: processingPurpose[purpose], categories: categoriesShown(scopes) })

/** A key for the program of somebody outside is a hand-over: the entry of the recipient covers all that it shows, and the account of disclosures says so. */
export const admitKeyRecipient = (
  tx: WorkspaceTx,
  by: Principal,
  { keyId, ...wish }: KeyRecipient & { readonly keyId: ApiKeyId },
): Promise<{ readonly name: string }> => admit(tx, by, wish, { type: 'api_key', id: keyId })

/** What an address that is told of events gets: ids and states, as a key with this scope reads them. */
const ofEvents = { scopes: ['events.read'] } as const

/** The same for an address that is told of events. */
export const admitEndpointRecipient = (
  tx: WorkspaceTx,
  by: Principal,
  { endpointId, ...wish }: EndpointRecipient & { readonly endpointId: string },
): Promise<{ readonly name: string }> => admit(tx, by, { ...wish, ...ofEvents }, { type: 'webhook_endpoint', id: endpointId })

async function admit(
  tx: WorkspaceTx,
  by: Principal,
  wish: KeyRecipient,
  about: NonNullable<RecordDisclosure['about']>,
): Promise<{ readonly name: string }> {
  const { name, kind } = await covered(tx, wish)
  const { people } = await tx.db
    .selectFrom('contact')
    .select(({ fn }) => fn.countAll<number>().as('people'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  await recordDisclosure(tx, by, {
    recipientKind: kind,
    recipient: name,
    purpose: wish.purpose,
    contactId: null,
    people: Math.max(1, Number(people)),
    categories: categoriesShown(wish.scopes),
    about,
  })
  return { name }
}

/** Why the recipient may not be told of events any more; undefined where it may. */
export const endpointStopped = (tx: WorkspaceTx, wish: EndpointRecipient): Promise<string | undefined> =>
  keyStopped(tx, { ...wish, ...ofEvents })

/** Why the recipient may not have what the key shows any more; undefined where it may. */
export async function keyStopped(tx: WorkspaceTx, wish: KeyRecipient): Promise<string | undefined> {
  try {
    await covered(tx, wish)
    return undefined
  } catch (refused) {
    if (refused instanceof Refusal)
      return String(refused.facts.detail ?? 'The recipient may not have these data.').replace(' Nothing was sent.', '')
    throw refused
  }
}
