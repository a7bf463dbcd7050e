import type { BreachLaw, BreachNotices, BreachRisk, ContactId, MemberId } from '@frontdesk/contract'
import type { ColumnType, Selectable } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../../platform/inventory/index.ts'

type Json<T> = ColumnType<T, string, string>

/** One incident. */
export type BreachRow = {
  workspace_id: string
  id: string
  version: number
  number: number
  state: 'open' | 'closed'
  reported_by: 'member' | 'operator'
  what: string
  began_at: Temporal.Instant
  ended_at: Temporal.Instant | null
  detected_at: Temporal.Instant
  extent: 'all_there' | 'written'
  tables: Json<readonly string[]>
  laws: Json<readonly BreachLaw[]>
  /** The accounts of members are affected too. */
  accounts: boolean
  risk: BreachRisk | null
  risk_grounds: string | null
  measures: string | null
  search: 'running' | 'done'
  telling: 'none' | 'running' | 'done'
  erased: number
  notices: ColumnType<BreachNotices | null, string | null, string | null>
  authorities: Json<Readonly<Partial<Record<BreachLaw, string>>>>
  told_at: Temporal.Instant | null
  closed_at: Temporal.Instant | null
  created_at: Temporal.Instant
}
export type StoredBreach = Selectable<BreachRow>

/** Somebody who is affected. */
export type BreachPersonRow = {
  workspace_id: string
  id: string
  breach_id: string
  contact_id: ContactId | null
  member_id: MemberId | null
  notice: 'waiting' | 'sent' | 'unreachable'
  reason: string | null
  mail_id: string | null
  told_at: Temporal.Instant | null
  created_at: Temporal.Instant
}

/** What was decided and done. Append-only. */
export type BreachStepRow = {
  workspace_id: string
  id: string
  breach_id: string
  step: string
  note: string | null
  once: string | null
  done_by: string
  at: Temporal.Instant
}

declare module '../../../../platform/database/tables.ts' {
  interface Tables {
    breach: BreachRow
    breach_person: BreachPersonRow
    breach_step: BreachStepRow
  }
}

const ofWorkspace = [{ root: 'workspace' }] as const
const who = { keep: 'Who decided what about an incident is part of the proof.' } as const
const told = personal({
  category: 'proof',
  purpose: 'compliance',
  basis: 'legal_obligation',
  retention: 'proof',
  erase: 'null',
  export: true,
})

export const breachInventory = [
  inventoryOf<BreachRow>('breach', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      number: system,
      state: system,
      reported_by: system,
      what: system,
      began_at: system,
      ended_at: system,
      detected_at: system,
      extent: system,
      tables: system,
      laws: system,
      accounts: system,
      risk: system,
      risk_grounds: system,
      measures: system,
      search: system,
      telling: system,
      erased: system,
      notices: system,
      authorities: system,
      told_at: system,
      closed_at: system,
      created_at: system,
    },
  }),
  inventoryOf<BreachPersonRow>('breach_person', {
    ownWork: true,
    subjects: [
      { root: 'contact', via: ['contact_id'] },
      { root: 'member', via: ['member_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      breach_id: system,
      contact_id: reference('contact', 'null'),
      member_id: reference('member', {
        keep: 'Who was told of an incident is part of the proof; the id names nobody once the member is erased.',
      }),
      notice: system,
      reason: system,
      mail_id: reference('contact', 'null'),
      told_at: told,
      created_at: system,
    },
  }),
  inventoryOf<BreachStepRow>('breach_step', {
    subjects: ofWorkspace,
    columns: {
      workspace_id: system,
      id: system,
      breach_id: system,
      step: system,
      note: system,
      once: system,
      done_by: reference('member', who),
      at: system,
    },
  }),
]
