import type { MemberId } from '@frontdesk/contract'
import { inventoryOf, reference, system } from '../../platform/inventory/index.ts'

/** Who is given new leads of a pipeline, and how long they may wait. */
export type LeadRoutingRow = {
  workspace_id: string
  id: string
  pipeline_id: string
  way: 'nobody' | 'rotation' | 'load'
  previous_first: boolean
  /** Of opening hours. */
  answer_minutes: number | null
  /** Whoever writes to the inbox for the first time becomes a lead here; in one pipeline at most. */
  from_mail: boolean
}

/** Who takes turns. */
export type LeadTurnRow = {
  workspace_id: string
  id: string
  pipeline_id: string
  member_id: MemberId
  /** Counts up with every lead that is given; null: never. */
  last_turn: number | null
  /** Whom she is given first; an empty list asks nothing. ISO 3166 (`US-NY`, `CA`), ISO 639, names of tags. */
  regions: readonly string[]
  languages: readonly string[]
  tags: readonly string[]
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    lead_routing: LeadRoutingRow
    lead_turn: LeadTurnRow
  }
}

export const routingInventory = [
  inventoryOf<LeadRoutingRow>('lead_routing', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      pipeline_id: system,
      way: system,
      previous_first: system,
      answer_minutes: system,
      from_mail: system,
    },
  }),
  inventoryOf<LeadTurnRow>('lead_turn', {
    subjects: [{ root: 'member', via: ['member_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      pipeline_id: system,
      member_id: reference('member'),
      last_turn: system,
      regions: system,
      languages: system,
      tags: system,
    },
  }),
]
