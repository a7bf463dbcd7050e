import type { LeadReport, LeadSource, MemberId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { workspaceFacts } from '../accounts/index.ts'
import { leadsPolicy } from './leads.policy.ts'
import { visibleLeads } from './read-leads.ts'
import { loadPipeline } from './read-pipelines.ts'

const USUAL_DAYS = 90

export type ReportLeads = { readonly pipelineId: string; readonly from?: string | undefined; readonly to?: string | undefined }

/** What was won and lost between two days of the business, both included. A representative's report counts leads of her own contacts. Throws 404 and `http/invalid-request`. */
export async function reportLeads(tx: WorkspaceTx, by: Principal, wish: ReportLeads): Promise<LeadReport> {
  leadsPolicy.require(by, 'leads.read')
  const pipeline = await loadPipeline(tx, by, wish.pipelineId)
  const { zone } = await workspaceFacts(tx)
  const to = wish.to === undefined ? tx.now.toZonedDateTimeISO(zone).toPlainDate() : Temporal.PlainDate.from(wish.to)
  const from = wish.from === undefined ? to.subtract({ days: USUAL_DAYS - 1 }) : Temporal.PlainDate.from(wish.from)
  if (Temporal.PlainDate.compare(from, to) > 0)
    throw new Refusal('http/invalid-request', {
      detail: 'from: it lies after the last day. Choose an earlier one.',
      faults: [{ path: 'query.from', code: 'after_end', message: 'Choose a day before the last one.' }],
    })
  const instant = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant()
  const rows = await visibleLeads(tx, by, { archived: true })
    .clearSelect()
    .select(({ fn }) => [
      'lead.state as state',
      'lead.source as source',
      'lead.owner_member_id as owner',
      'lead.currency as currency',
      'lost_reason.label as reason',
      fn.countAll<string>().as('count'),
      fn.sum<string>('lead.value_minor').as('sum'),
    ])
    .where('lead.pipeline_id', '=', pipeline.id)
    .where('lead.state', 'in', ['won', 'lost'])
    .where('lead.closed_at', '>=', instant(from))
    .where('lead.closed_at', '<', instant(to.add({ days: 1 })))
    .groupBy(['lead.state', 'lead.source', 'lead.owner_member_id', 'lead.currency', 'lost_reason.label'])
    .execute()
  return {
    from: from.toString(),
    to: to.toString(),
    bySource: [...Map.groupBy(rows, ({ source }) => source)]
      .map(([source, some]) => ({ source: source as LeadSource, ...countsOf(some) }))
      .toSorted(mostFirst),
    byPerson: [...Map.groupBy(rows, ({ owner }) => owner)]
      .map(([owner, some]) => ({ memberId: owner as MemberId | null, ...countsOf(some) }))
      .toSorted(mostFirst),
    byReason: [
      ...Map.groupBy(
        rows.filter(({ state }) => state === 'lost'),
        ({ reason }) => reason ?? '',
      ),
    ]
      .map(([reason, some]) => ({ reason, lost: countsOf(some).lost }))
      .toSorted((one, other) => other.lost - one.lost || one.reason.localeCompare(other.reason)),
  }
}

type Row = { readonly state: string; readonly currency: string | null; readonly count: string; readonly sum: string | null }
type Counts = { readonly won: number; readonly lost: number; readonly wonValue: { minor: string; currency: string }[] }

function countsOf(rows: readonly Row[]): Counts {
  const total = (state: string) => rows.filter((row) => row.state === state).reduce((sum, { count }) => sum + Number(count), 0)
  const sums = new Map<string, bigint>()
  for (const { state, currency, sum } of rows)
    if (state === 'won' && currency !== null) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(sum ?? 0))
  return {
    won: total('won'),
    lost: total('lost'),
    wonValue: [...sums]
      .map(([currency, minor]) => ({ minor: minor.toString(), currency }))
      .toSorted((one, other) => one.currency.localeCompare(other.currency)),
  }
}

const mostFirst = (one: Counts, other: Counts): number => other.won - one.won || other.lost - one.lost
