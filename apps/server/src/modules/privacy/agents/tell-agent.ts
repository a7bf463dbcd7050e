import type { EventType } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type Subscriber, subscribe } from '../../../platform/events/index.ts'
import { reference, system } from '../../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job, type JobContext } from '../../../platform/jobs/index.ts'
import { requestSurroundings } from '../requests/surroundings.ts'
import type { StoredAgentRequest } from './agent.tables.ts'
import { type ExerciseStatus, presentAgentRequest } from './present-agent-request.ts'
import { isFinal, statusWord } from './status.rules.ts'

const mostTries = 6

/** Tells an agent at its own address how far a request is (§2.03); tries again where it does not answer. What it was told last is not told again. */
export const tellAgentJob: Job<{ agentRequestId: string; tries: number }> = defineJob({
  name: 'privacy.tell-agent',
  payload: z.strictObject({ agentRequestId: z.uuid(), tries: z.int() }),
  fields: { agentRequestId: reference('contact', 'delete_row'), tries: system },
  run: async (context, { agentRequestId, tries }) => {
    await tellAgent(context, agentRequestId, tries)
  },
})

/** The same for one request. */
export async function tellAgent(context: Pick<JobContext, 'inWorkspace'>, agentRequestId: string, tries: number): Promise<void> {
  const news = await context.inWorkspace((tx) => newsFor(tx, agentRequestId))
  if (!news) return
  const { callOutside } = requestSurroundings.get()
  const body = JSON.stringify(news.shown)
  const taken = await callOutside(news.callback, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    mostBytes: 1000,
  }).then(
    ({ status }) => status >= 200 && status < 300,
    () => false,
  )
  await context.inWorkspace(async (tx) => {
    if (!taken && tries + 1 < mostTries) {
      await tellLater(tx, agentRequestId, tries + 1)
      return
    }
    // Whoever cannot be reached asks for the status herself.
    await tx.db
      .updateTable('agent_request')
      .set({ told: news.word, ...(news.final ? { status_callback: null } : {}) })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', agentRequestId)
      .execute()
  })
}

/** Wants an agent told, at once or after a while; once, however often its request moves meanwhile. */
const tellLater = (tx: WorkspaceTx, agentRequestId: string, tries: number): Promise<string | null> =>
  enqueue(
    tx,
    tellAgentJob,
    { agentRequestId, tries },
    { singletonKey: `${agentRequestId} ${tries}`, ...(tries === 0 ? {} : { startAfter: tx.now.add({ minutes: 4 ** tries }) }) },
  )

type News = { readonly shown: ExerciseStatus; readonly callback: string; readonly word: string; readonly final: boolean }

async function newsFor(tx: WorkspaceTx, agentRequestId: string): Promise<News | undefined> {
  const sent = await tx.db
    .selectFrom('agent_request')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', agentRequestId)
    .executeTakeFirst()
  return sent && newsOf(tx, sent)
}

async function newsOf(tx: WorkspaceTx, sent: StoredAgentRequest): Promise<News | undefined> {
  if (sent.status_callback === null) return undefined
  const { shown, status } = await presentAgentRequest(tx, sent)
  const word = statusWord(status)
  return word === sent.told ? undefined : { shown, callback: sent.status_callback, word, final: isFinal(status) }
}

const follow = (
  type: EventType,
  name: string,
  requestOf: (tx: WorkspaceTx, payload: Record<string, unknown>) => Promise<string | undefined>,
): Subscriber =>
  subscribe(type, {
    name,
    run: async (context, event) => {
      await context.inWorkspace(async (tx) => {
        const requestId = await requestOf(tx, event.payload as Record<string, unknown>)
        if (requestId === undefined) return
        const sent = await tx.db
          .selectFrom('agent_request')
          .selectAll()
          .where('workspace_id', '=', tx.workspaceId)
          .where('request_id', '=', requestId)
          .executeTakeFirst()
        if (sent && (await newsOf(tx, sent))) await tellLater(tx, sent.id, 0)
      })
    },
  })

const named = async (_tx: WorkspaceTx, { requestId }: Record<string, unknown>) => String(requestId)

/** Whatever moves a case that came through an agent is told to it, also the end of the erasure that was asked for. */
export const agentSubscribers: readonly Subscriber[] = [
  follow('request.changed', 'privacy.tell-agent-of-request', named),
  follow('complaint.changed', 'privacy.tell-agent-of-complaint', named),
  follow('erasure.finished', 'privacy.tell-agent-of-erasure', async (tx, { erasureId }) => {
    const work = await tx.db
      .selectFrom('request_work')
      .select('request_id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('kind', '=', 'erasure')
      .where('ref_id', '=', String(erasureId))
      .executeTakeFirst()
    return work?.request_id
  }),
]
