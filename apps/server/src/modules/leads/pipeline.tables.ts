import type { ScoreCondition } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, system } from '../../platform/inventory/index.ts'

/** The way leads go. */
export type PipelineRow = {
  workspace_id: string
  id: string
  version: number
  name: string
  is_default: boolean
  position: number
  created_at: Temporal.Instant
  archived_at: Temporal.Instant | null
}

/** One step of it. */
export type StageRow = {
  workspace_id: string
  id: string
  pipeline_id: string
  name: string
  kind: 'open' | 'won' | 'lost'
  probability: number
  position: number
  created_at: Temporal.Instant
  archived_at: Temporal.Instant | null
}

/** Why a lead may be lost. */
export type LostReasonRow = {
  workspace_id: string
  id: string
  pipeline_id: string
  label: string
  position: number
  created_at: Temporal.Instant
  archived_at: Temporal.Instant | null
}

/** What is asked about each lead. */
export type LeadQuestionRow = {
  workspace_id: string
  id: string
  pipeline_id: string
  key: 'need' | 'budget' | 'authority' | 'timing' | null
  /** Of an own one. */
  label: string | null
  position: number
  created_at: Temporal.Instant
  archived_at: Temporal.Instant | null
}

/** Points for a condition. */
export type ScoreRuleRow = {
  workspace_id: string
  id: string
  pipeline_id: string
  condition: ColumnType<ScoreCondition, string, string>
  points: number
  position: number
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    pipeline: PipelineRow
    stage: StageRow
    lost_reason: LostReasonRow
    lead_question: LeadQuestionRow
    score_rule: ScoreRuleRow
  }
}

const ofBusiness = [{ root: 'workspace' }] as const

export const pipelineInventory = [
  inventoryOf<PipelineRow>('pipeline', {
    subjects: ofBusiness,
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      name: system,
      is_default: system,
      position: system,
      created_at: system,
      archived_at: system,
    },
  }),
  inventoryOf<StageRow>('stage', {
    subjects: ofBusiness,
    columns: {
      workspace_id: system,
      id: system,
      pipeline_id: system,
      name: system,
      kind: system,
      probability: system,
      position: system,
      created_at: system,
      archived_at: system,
    },
  }),
  inventoryOf<LostReasonRow>('lost_reason', {
    subjects: ofBusiness,
    columns: {
      workspace_id: system,
      id: system,
      pipeline_id: system,
      label: system,
      position: system,
      created_at: system,
      archived_at: system,
    },
  }),
  inventoryOf<LeadQuestionRow>('lead_question', {
    subjects: ofBusiness,
    columns: {
      workspace_id: system,
      id: system,
      pipeline_id: system,
      key: system,
      label: system,
      position: system,
      created_at: system,
      archived_at: system,
    },
  }),
  inventoryOf<ScoreRuleRow>('score_rule', {
    subjects: ofBusiness,
    columns: { workspace_id: system, id: system, pipeline_id: system, condition: system, points: system, position: system },
  }),
]
