import type { Board, ContactId, Lead, LeadId, LeadListQuery, MemberId, Principal } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { workspaceFacts } from '../accounts/index.ts'
import { loadContact, seesOnlyOf } from '../contacts/index.ts'
import type { LeadRow } from './lead.tables.ts'
import { leadsPolicy } from './leads.policy.ts'
import { loadPipeline } from './read-pipelines.ts'

type Row = Selectable<LeadRow> & { readonly contact_name: string; readonly reason_label: string | null }

/** One page of leads. A representative's list holds those of her own contacts; those of contacts that were put away are left out, unless it is asked for one contact. */
export async function listLeads(tx: WorkspaceTx, by: Principal, wish: LeadListQuery): Promise<{ items: Lead[]; next: string | null }> {
  leadsPolicy.require(by, 'leads.read')
  const today = await todayOf(tx)
  const contactId = wish.contactId === undefined ? undefined : (await loadContact(tx, by, wish.contactId)).id
  let query = visibleLeads(tx, by, { archived: contactId !== undefined })
    .where('lead.state', 'not in', ['merged', 'removed'])
    .limit(wish.limit + 1)
  if (wish.state !== 'all') query = query.where('lead.state', '=', wish.state)
  if (contactId !== undefined) query = query.where('lead.contact_id', '=', contactId)
  if (wish.pipelineId !== undefined) query = query.where('lead.pipeline_id', '=', wish.pipelineId)
  if (wish.stageId !== undefined) query = query.where('lead.stage_id', '=', wish.stageId)
  if (wish.ownerMemberId !== undefined) query = query.where('lead.owner_member_id', '=', wish.ownerMemberId)
  if (wish.overdue) query = query.where('lead.state', '=', 'open').where('lead.next_step_on', '<', today)
  if (wish.sort === 'board') {
    const after = readCursor(wish.cursor, [z.number(), z.uuid()])
    if (after) query = query.where(sql<boolean>`(lead.position, lead.id) > (${after[0]}::double precision, ${after[1]}::uuid)`)
    query = query.orderBy('lead.position').orderBy('lead.id')
  } else {
    const before = readCursor(wish.cursor, [z.uuid()])
    if (before) query = query.where('lead.id', '<', before[0] as LeadId)
    query = query.orderBy('lead.id', 'desc')
  }
  return pageFrom(
    await query.execute(),
    wish.limit,
    (row) => present(row, today),
    (row) => (wish.sort === 'board' ? [row.position, row.id] : [row.id]),
  )
}

/** One lead. Throws 404, also for one of somebody whom a representative does not look after. */
export async function loadLead(tx: WorkspaceTx, by: Principal, leadId: LeadId): Promise<Lead> {
  leadsPolicy.require(by, 'leads.read')
  const row = await visibleLeads(tx, by, { archived: true }).where('lead.id', '=', leadId).executeTakeFirst()
  if (!row) throw noSuchLead()
  return present(row, await todayOf(tx))
}

/** A lead's row, held until the transaction ends. Throws 404. */
export async function lockLead(tx: WorkspaceTx, by: Principal, leadId: LeadId): Promise<Selectable<LeadRow>> {
  const row = await visibleLeads(tx, by, { archived: true }).where('lead.id', '=', leadId).forUpdate('lead').executeTakeFirst()
  if (!row) throw noSuchLead()
  return row
}

type BoardWish = { readonly pipelineId: string; readonly ownerMemberId?: MemberId | undefined; readonly limit: number }

/** The open leads of a pipeline by stage: how many, what they are worth, and the first of each. Throws 404. */
export async function loadBoard(tx: WorkspaceTx, by: Principal, wish: BoardWish): Promise<Board> {
  leadsPolicy.require(by, 'leads.read')
  const pipeline = await loadPipeline(tx, by, wish.pipelineId)
  const owner = wish.ownerMemberId
  const counted = await visibleLeads(tx, by, { archived: false })
    .clearSelect()
    .where('lead.pipeline_id', '=', pipeline.id)
    .where('lead.state', 'not in', ['merged', 'removed'])
    .$if(owner !== undefined, (query) => query.where('lead.owner_member_id', '=', owner as MemberId))
    .select(({ fn }) => [
      'lead.stage_id as stageId',
      'lead.state as state',
      'lead.currency as currency',
      fn.countAll<string>().as('count'),
      fn.sum<string>('lead.value_minor').as('sum'),
    ])
    .groupBy(['lead.stage_id', 'lead.state', 'lead.currency'])
    .execute()
  const total = (rows: typeof counted) => rows.reduce((sum, { count }) => sum + Number(count), 0)
  const columns: Board['columns'] = []
  for (const { id } of pipeline.stages.filter(({ kind }) => kind === 'open')) {
    const rows = counted.filter(({ stageId, state }) => stageId === id && state === 'open')
    const page = await listLeads(tx, by, {
      stageId: id,
      state: 'open',
      sort: 'board',
      limit: wish.limit,
      ...(owner === undefined ? {} : { ownerMemberId: owner }),
    })
    columns.push({
      stageId: id,
      count: total(rows),
      sums: rows
        .flatMap(({ currency, sum }) => (currency === null ? [] : [{ minor: String(sum), currency }]))
        .toSorted((one, other) => one.currency.localeCompare(other.currency)),
      items: page.items,
      next: page.next,
    })
  }
  const closed = (state: 'won' | 'lost') => total(counted.filter((row) => row.state === state))
  return { pipeline, columns, won: closed('won'), lost: closed('lost') }
}

/** The open lead of a contact in a pipeline, where there is one. */
export const openLeadOf = (tx: WorkspaceTx, contactId: ContactId, pipelineId: string): Promise<{ readonly id: LeadId } | undefined> =>
  tx.db
    .selectFrom('lead')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('pipeline_id', '=', pipelineId)
    .where('state', '=', 'open')
    .executeTakeFirst()

/** The day it is at the business. */
export const todayOf = async (tx: WorkspaceTx): Promise<Temporal.PlainDate> =>
  tx.now.toZonedDateTimeISO((await workspaceFacts(tx)).zone).toPlainDate()

/** The leads that somebody may know of, with the name of the contact and the reason of a loss; with `archived` also those of contacts that were put away. */
export function visibleLeads(tx: WorkspaceTx, by: Principal, { archived }: { readonly archived: boolean }) {
  const owner = seesOnlyOf(by)
  return tx.db
    .selectFrom('lead')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'lead.workspace_id').onRef('contact.id', '=', 'lead.contact_id'),
    )
    .leftJoin('lost_reason', (join) =>
      join.onRef('lost_reason.workspace_id', '=', 'lead.workspace_id').onRef('lost_reason.id', '=', 'lead.lost_reason_id'),
    )
    .selectAll('lead')
    .select(['contact.name as contact_name', 'lost_reason.label as reason_label'])
    .where('lead.workspace_id', '=', tx.workspaceId)
    .where('contact.merged_into', 'is', null)
    .$if(!archived, (query) => query.where('contact.archived_at', 'is', null))
    .$if(owner !== null, (query) => query.where('contact.owner_member_id', '=', owner))
}

const present = (row: Row, today: Temporal.PlainDate): Lead => ({
  id: row.id,
  version: row.version,
  pipelineId: row.pipeline_id,
  stageId: row.stage_id,
  state: row.state,
  contact: { id: row.contact_id, name: row.contact_name },
  title: row.title,
  ownerMemberId: row.owner_member_id,
  value: row.value_minor === null || row.currency === null ? null : { minor: String(row.value_minor), currency: row.currency },
  source: row.source,
  nextStep: row.next_step === null ? null : { text: row.next_step, dueOn: row.next_step_on?.toString() ?? null },
  overdue: row.state === 'open' && row.next_step_on !== null && Temporal.PlainDate.compare(row.next_step_on, today) < 0,
  lostReason: row.lost_reason_id === null ? null : { id: row.lost_reason_id, label: row.reason_label ?? '' },
  lostNote: row.lost_note,
  createdAt: row.created_at.toString(),
  enteredStageAt: row.entered_stage_at.toString(),
  firstTouchAt: row.first_touch_at?.toString() ?? null,
  escalatedAt: row.escalated_at?.toString() ?? null,
  closedAt: row.closed_at?.toString() ?? null,
})

const noSuchLead = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such lead here.' })
