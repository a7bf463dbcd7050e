import type { ContactId, MemberId, Principal, Routing, RoutingBody } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { doorAddress, mailSettings } from '../../platform/mail/index.ts'
import { editContact, loadContact } from '../contacts/index.ts'
import { whereaboutsOf } from '../privacy/index.ts'
import { leadsPolicy } from './leads.policy.ts'
import { loadPipeline, lockPipeline } from './read-pipelines.ts'
import { chooseOwner, type RoutingFacts, type Serves } from './routing.rules.ts'
import { refuseOverwriting } from './write-pipeline.ts'

/** Who is given new leads of a pipeline. Throws 404. */
export async function loadRouting(tx: WorkspaceTx, by: Principal, pipelineId: string): Promise<Routing> {
  const { id, version } = await loadPipeline(tx, by, pipelineId)
  const row = await routingOf(tx, id)
  return {
    pipelineId: id,
    version,
    way: row?.way ?? 'nobody',
    previousFirst: row?.previous_first ?? true,
    members: (await turnsOf(tx, id)).map(({ member_id, regions, languages, tags }) => ({
      memberId: member_id,
      regions: [...regions],
      languages: [...languages],
      tags: [...tags],
    })),
    answerMinutes: row?.answer_minutes ?? null,
    fromMail: row?.from_mail ?? false,
    inboxAddress: doorAddress(mailSettings.get(), tx.keys, { kind: 'inbox', workspaceId: tx.workspaceId }) ?? null,
  }
}

export type WriteRouting = z.output<typeof RoutingBody> & { readonly pipelineId: string; readonly version: number }

/** Says who is given new leads; whoever stays keeps her turn. Throws 404 and `http/version-mismatch`. */
export async function writeRouting(tx: WorkspaceTx, by: Principal, wish: WriteRouting): Promise<Routing> {
  leadsPolicy.require(by, 'pipelines.manage')
  const row = await lockPipeline(tx, wish.pipelineId)
  refuseOverwriting(await loadPipeline(tx, by, row.id), wish.version)
  const members = new Map(wish.members.map((one) => [one.memberId, one]))
  const memberIds = [...members.keys()]
  const known = new Set((await workersAmong(tx, memberIds)).map(({ id }) => id))
  if (memberIds.some((id) => !known.has(id)))
    throw new Refusal('http/invalid-request', {
      detail: 'members: one of them does not work on leads here. Choose among the members who do. Nothing was saved.',
      faults: [{ path: 'body.members', code: 'unknown_member', message: 'Choose among the members who work on leads.' }],
    })
  const mine = { workspace_id: tx.workspaceId, pipeline_id: row.id }
  if (wish.fromMail)
    await tx.db
      .updateTable('lead_routing')
      .set({ from_mail: false })
      .where('workspace_id', '=', tx.workspaceId)
      .where('pipeline_id', '!=', row.id)
      .where('from_mail', '=', true)
      .execute()
  const values = { way: wish.way, previous_first: wish.previousFirst, answer_minutes: wish.answerMinutes, from_mail: wish.fromMail }
  await tx.db
    .insertInto('lead_routing')
    .values({ ...mine, id: tx.newId(), ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'pipeline_id']).doUpdateSet(values))
    .execute()
  for (const { id, member_id } of await turnsOf(tx, row.id))
    if (!memberIds.includes(member_id))
      await tx.db.deleteFrom('lead_turn').where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
  for (const { memberId, regions, languages, tags } of members.values())
    await tx.db
      .insertInto('lead_turn')
      .values({ ...mine, id: tx.newId(), member_id: memberId, last_turn: null, regions, languages, tags })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'pipeline_id', 'member_id']).doUpdateSet({ regions, languages, tags }))
      .execute()
  await tx.db
    .updateTable('pipeline')
    .set({ version: row.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .execute()
  await audit(tx, by, { action: 'pipeline.changed', object: { type: 'pipeline', id: row.id }, result: 'done' })
  await emit(tx, 'pipeline.changed', { pipelineId: row.id })
  return loadRouting(tx, by, row.id)
}

/**
 * Chooses who works on a new lead that came without an owner, and remembers whose turn it was. Those who come at once take turns, because the rules of the pipeline are held. A representative is given the
 * contact with the lead, because she sees her own contacts alone.
 */
export async function routeLead(
  tx: WorkspaceTx,
  { pipelineId, contactId }: { readonly pipelineId: string; readonly contactId: ContactId },
): Promise<MemberId | null> {
  const routing = await tx.db
    .selectFrom('lead_routing')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('pipeline_id', '=', pipelineId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!routing || routing.way === 'nobody') return null
  const turns = await turnsOf(tx, pipelineId)
  const workers = await workersAmong(
    tx,
    turns.map(({ member_id }) => member_id),
  )
  const counted = await tx.db
    .selectFrom('lead')
    .select(({ fn }) => ['owner_member_id', fn.countAll<string>().as('open')])
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'open')
    .where('owner_member_id', 'is not', null)
    .groupBy('owner_member_id')
    .execute()
  const earlier = await tx.db
    .selectFrom('lead')
    .select('owner_member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('owner_member_id', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const chosen = chooseOwner({
    way: routing.way,
    previousFirst: routing.previous_first,
    previous: earlier?.owner_member_id ?? null,
    contact: turns.some(asksSomething) ? await knownOf(tx, contactId) : { places: [], locale: null, tags: [] },
    candidates: turns
      .filter(({ member_id }) => workers.some(({ id }) => id === member_id))
      .map(({ member_id, last_turn, regions, languages, tags }) => ({
        ...{ regions, languages, tags },
        memberId: member_id,
        open: Number(counted.find(({ owner_member_id }) => owner_member_id === member_id)?.open ?? 0),
        lastTurn: last_turn,
      })),
  })
  if (!chosen) return null
  await tx.db
    .updateTable('lead_turn')
    .set({ last_turn: Math.max(0, ...turns.map(({ last_turn }) => last_turn ?? 0)) + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('pipeline_id', '=', pipelineId)
    .where('member_id', '=', chosen.memberId)
    .execute()
  if (workers.some(({ id, role }) => id === chosen.memberId && role === 'representative')) await giveContact(tx, contactId, chosen.memberId)
  return chosen.memberId
}

const system = (tx: WorkspaceTx): Principal => ({ kind: 'system', workspaceId: tx.workspaceId, job: 'leads.route' })
const asksSomething = ({ regions, languages, tags }: Serves): boolean => regions.length + languages.length + tags.length > 0

async function knownOf(tx: WorkspaceTx, contactId: ContactId): Promise<RoutingFacts['contact']> {
  const { locale, tags } = await loadContact(tx, system(tx), contactId)
  return { places: await whereaboutsOf(tx, contactId), locale, tags }
}

async function giveContact(tx: WorkspaceTx, contactId: ContactId, memberId: MemberId): Promise<void> {
  const by = system(tx)
  const { version } = await loadContact(tx, by, contactId)
  await editContact(tx, by, { contactId, version, ownerMemberId: memberId })
}

/** The rules of a pipeline, where somebody settled any. */
export const routingOf = (tx: WorkspaceTx, pipelineId: string) =>
  tx.db
    .selectFrom('lead_routing')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('pipeline_id', '=', pipelineId)
    .executeTakeFirst()

const turnsOf = (tx: WorkspaceTx, pipelineId: string) =>
  tx.db
    .selectFrom('lead_turn')
    .select(['id', 'member_id', 'last_turn', 'regions', 'languages', 'tags'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('pipeline_id', '=', pipelineId)
    .orderBy('id')
    .execute()

/** Those of them who work here now, on leads. */
async function workersAmong(tx: WorkspaceTx, ids: readonly MemberId[]) {
  if (ids.length === 0) return []
  const rows = await tx.db
    .selectFrom('member')
    .select(['id', 'role'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', ids)
    .where('removed_at', 'is', null)
    .where('deactivated_at', 'is', null)
    .execute()
  return rows.filter(({ role }) => leadsPolicy.permissions['leads.write'].some((party) => party === role))
}
