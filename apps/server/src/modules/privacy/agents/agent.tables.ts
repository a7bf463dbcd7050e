import type { Selectable } from 'kysely'
import { inventoryOf, type PersonalField, personal, reference, system } from '../../../platform/inventory/index.ts'

/** An authorised agent whose signed requests are taken. */
export type RightsAgentRow = {
  workspace_id: string
  id: string
  version: number
  agent_id: string
  business_id: string
  name: string
  contact_email: string | null
  verify_key: string
  key_since: Temporal.Instant
  token_hash: string | null
  paired_at: Temporal.Instant | null
  last_used_at: Temporal.Instant | null
  added_by: string
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  revoked_at: Temporal.Instant | null
}
export type StoredAgent = Selectable<RightsAgentRow>

/** What an agent can ask for (Data Rights Protocol §3.01) and we do. */
export type Exercise = 'access' | 'access:categories' | 'access:specific' | 'deletion' | 'sale:opt-out'

/** A request that an agent sent. */
export type AgentRequestRow = {
  workspace_id: string
  id: string
  agent_id: string
  request_id: string
  agent_request_id: string | null
  content_hash: string | null
  exercise: Exercise
  status_callback: string | null
  told: string
  revoked_at: Temporal.Instant | null
  created_at: Temporal.Instant
}
export type StoredAgentRequest = Selectable<AgentRequestRow>

/** A signed message that was taken. */
export type AgentMessageRow = { workspace_id: string; id: string; agent_id: string; message_hash: string; expires_at: Temporal.Instant }

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    rights_agent: RightsAgentRow
    agent_request: AgentRequestRow
    agent_message: AgentMessageRow
  }
}

const ofAgent = (category: PersonalField['category']): PersonalField =>
  personal({ category, purpose: 'compliance', basis: 'legal_obligation', retention: 'workspace', erase: 'delete_row', export: true })
const ofCase: Omit<PersonalField, 'kind'> = {
  category: 'identifier',
  purpose: 'compliance',
  basis: 'legal_obligation',
  retention: 'proof',
  erase: 'null',
  export: true,
}
const proof = { keep: 'The proof that the request was answered in time; it names nobody once she is erased.' } as const

export const agentsInventory = [
  inventoryOf<RightsAgentRow>('rights_agent', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      agent_id: system,
      business_id: system,
      name: ofAgent('name'),
      contact_email: ofAgent('contact_details'),
      verify_key: system,
      key_since: system,
      token_hash: personal({
        category: 'credential',
        purpose: 'security',
        basis: 'contract',
        retention: 'operation',
        erase: 'delete_row',
        export: false,
        stored: 'hashed',
      }),
      paired_at: system,
      last_used_at: system,
      added_by: reference('member', { keep: 'Who let an agent ask for others is part of the proof.' }),
      created_at: system,
      updated_at: system,
      revoked_at: system,
    },
  }),
  inventoryOf<AgentRequestRow>('agent_request', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['request_id', 'contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      agent_id: system,
      request_id: reference('contact', proof),
      agent_request_id: personal(ofCase),
      content_hash: personal({ ...ofCase, export: false, stored: 'hashed' }),
      exercise: system,
      status_callback: system,
      told: system,
      revoked_at: system,
      created_at: system,
    },
  }),
  inventoryOf<AgentMessageRow>('agent_message', {
    subjects: [{ root: 'none', why: 'Hashes of messages, for as long as they could be sent again.' }],
    columns: { workspace_id: system, id: system, agent_id: system, message_hash: system, expires_at: system },
  }),
]
