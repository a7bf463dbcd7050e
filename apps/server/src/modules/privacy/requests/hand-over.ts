import type { ContactId, FileId, Principal } from '@frontdesk/contract'
import { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type FileRow, findFile } from '../../../platform/files/index.ts'
import { OutboundRefused } from '../../../platform/http/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job, type JobContext } from '../../../platform/jobs/index.ts'
import { exportContact, restrictionOf } from '../erasure/index.ts'
import { recordDisclosure } from '../registers/disclosures/record-disclosure.ts'
import { caseAtWork } from './case-work.ts'
import { lockCase } from './find-request.ts'
import { digestOf, signedHeaders } from './hand-over-signature.ts'
import { mailRequester } from './mail-requester.ts'
import type { StoredRequest, StoredWork } from './request.tables.ts'
import { deadLink } from './request-link.ts'
import { keepWork, setWork, workOfCase } from './request-work.ts'
import { requestSurroundings } from './surroundings.ts'
import { notNow } from './take-step.ts'

const looksAgain = { seconds: 5 }
const mostTries = 6
const TIMEOUT_MS = 10 * 60_000

/** Notes where she wants her data handed to. Nothing leaves before she has confirmed it behind her own link. */
export async function planHandOver(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly endpoint: string },
): Promise<StoredRequest> {
  const row = await caseAtWork(tx, by, wish.requestId, 'hand_over')
  if (await underWay(tx, row.id)) throw notNow(row)
  await keepWork(tx, by, row, { kind: 'hand_over', state: 'planned', wish: { endpoint: requireAddress(wish.endpoint) } })
  await mailRequester(tx, row, { news: 'hand_over', text: new URL(wish.endpoint).host })
  return row
}

/** She names the other provider herself behind her link, or confirms the one that was noted; then it is sent. Throws `privacy/link-invalid` where there is nothing to hand over. */
export async function confirmHandOver(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly endpoint?: string | undefined },
): Promise<void> {
  const row = await lockCase(tx, wish.requestId)
  if (!row?.contact_id || !mayHandOver(row)) throw deadLink()
  const planned = await underWay(tx, row.id)
  if (planned?.wish?.confirmedAt) return
  const endpoint = requireAddress(wish.endpoint ?? planned?.wish?.endpoint ?? '')
  const confirmed = { endpoint, confirmedAt: tx.now.toString() }
  const work = planned
    ? await setWork(tx, planned.id, { wish: confirmed })
    : await keepWork(tx, by, row, { kind: 'hand_over', state: 'planned', wish: confirmed })
  await recordDisclosure(tx, by, {
    recipientKind: 'provider',
    recipient: new URL(endpoint).host,
    purpose: 'portability',
    contactId: row.contact_id,
    categories: [],
  })
  await audit(tx, by, { action: 'request.hand_over_confirmed', object: { type: 'request', id: row.id }, result: 'done' })
  await enqueue(tx, handOverJob, { workId: work.id })
}

/** Whether she can name another provider: a proven request to take her data elsewhere that is not closed. */
export const mayHandOver = (row: StoredRequest): boolean =>
  row.kind === 'portability' && row.contact_id !== null && row.verified_at !== null && row.closed_at === null && row.refusal_ground === null

const underWay = async (tx: WorkspaceTx, requestId: string): Promise<StoredWork | undefined> =>
  (await workOfCase(tx, requestId)).findLast(({ kind, state }) => kind === 'hand_over' && (state === 'planned' || state === 'running'))

/** The address of a provider: encrypted, without credentials; where it leads to is judged when it is asked. */
function requireAddress(text: string): string {
  const url = URL.parse(text)
  if (url?.protocol === 'https:' && url.username === '' && url.password === '' && text.length <= 500) return url.href
  throw new Refusal('http/invalid-request', { detail: 'Write the address like https://provider.example/import. Nothing was saved.' })
}

/** Sends her data to the provider she confirmed; tries again where it does not answer. */
export const handOverJob: Job<{ workId: string }> = defineJob({
  name: 'privacy.hand-over',
  payload: z.strictObject({ workId: z.uuid() }),
  fields: { workId: system },
  timeoutSeconds: 1800,
  concurrency: 1,
  run: async (context, { workId }) => {
    await handOver(context, workId)
  },
})

/** The same for one piece of work. What the other side took is not sent again. */
export async function handOver(context: Pick<JobContext, 'inWorkspace' | 'by'>, workId: string): Promise<void> {
  const { database, files, callOutside, publicUrl } = requestSurroundings.get()
  const ready = await context.inWorkspace((tx) => copyToSend(tx, context.by, workId))
  if (!ready) return
  const { file, work } = ready
  const endpoint = work.wish?.endpoint ?? ''
  const place = { workspaceId: file.workspace_id, id: file.id, size: file.size }
  const headers = signedHeaders(database.keys, {
    url: endpoint,
    contentType: 'application/zip',
    contentLength: file.size,
    contentDigest: await digestOf(await files.get(place)),
    keysAt: `${publicUrl()}/.well-known/http-message-signatures-directory`,
    id: work.id,
    now: database.clock(),
  })
  const said = await callOutside(endpoint, {
    method: 'POST',
    headers,
    body: await files.get(place),
    timeout: TIMEOUT_MS,
    mostBytes: 1000,
  }).then(
    ({ status }) => ({ status }),
    (error: unknown) => ({ error }),
  )
  await context.inWorkspace((tx) => noteAnswer(tx, context.by, work, said))
}

/** The copy, once it is there; makes it where the case has none, and looks again while it is being made. */
async function copyToSend(tx: WorkspaceTx, by: Principal, workId: string): Promise<{ file: FileRow; work: StoredWork } | undefined> {
  const work = await tx.db
    .selectFrom('request_work')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', workId)
    .forUpdate()
    .executeTakeFirst()
  if (work?.kind !== 'hand_over' || (work.state !== 'planned' && work.state !== 'running') || !work.wish?.confirmedAt) return undefined
  const row = await lockCase(tx, work.request_id)
  if (!row?.contact_id) {
    await setWork(tx, work.id, { state: 'failed', outcome: 'erased' })
    return undefined
  }
  if (await restrictedSince(tx, row.contact_id, work.wish.confirmedAt)) {
    await askHerAgain(tx, row, work, work.wish.endpoint ?? '')
    return undefined
  }
  if (work.ref_id === null) {
    const copy = await exportContact(tx, by, { contactId: row.contact_id, reason: 'portability' })
    await setWork(tx, work.id, { state: 'running', ref_id: copy.id })
    await enqueue(tx, handOverJob, { workId }, { startAfter: tx.now.add(looksAgain) })
    return undefined
  }
  const copy = await tx.db
    .selectFrom('contact_export')
    .select(['state', 'file_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', work.ref_id)
    .executeTakeFirst()
  const file = copy?.file_id ? await findFile(tx, copy.file_id as FileId) : undefined
  if (file) return { file, work }
  if (!copy || copy.state === 'failed' || copy.state === 'ready') await setWork(tx, work.id, { state: 'failed', outcome: 'no_copy' })
  else await enqueue(tx, handOverJob, { workId }, { startAfter: tx.now.add(looksAgain) })
  return undefined
}

/** Whether her data were restricted after she had confirmed. What she confirms afterwards goes: with her consent they may be used (GDPR Art. 18(2)). */
async function restrictedSince(tx: WorkspaceTx, contactId: ContactId, confirmedAt: string): Promise<boolean> {
  const restriction = await restrictionOf(tx, contactId)
  return restriction !== undefined && Temporal.Instant.compare(restriction.since, confirmedAt) >= 0
}

/** Takes the confirmation back and asks for it once more. The copy is made anew then, because it says how it stands with her data. */
async function askHerAgain(tx: WorkspaceTx, row: StoredRequest, work: StoredWork, endpoint: string): Promise<void> {
  await setWork(tx, work.id, { state: 'planned', ref_id: null, outcome: null, wish: { endpoint } })
  await mailRequester(tx, row, { news: 'hand_over', text: new URL(endpoint).host })
}

type Said = { readonly status: number } | { readonly error: unknown }

async function noteAnswer(tx: WorkspaceTx, by: Principal, work: StoredWork, said: Said): Promise<void> {
  const tries = (work.wish?.tries ?? 0) + 1
  const outcome = 'status' in said ? `http_${said.status}` : said.error instanceof OutboundRefused ? said.error.reason : 'no_answer'
  const taken = 'status' in said && said.status >= 200 && said.status < 300
  // What is refused for good is not tried again: an address that may not be asked, and a plain no.
  const final =
    'status' in said
      ? said.status < 500 && said.status !== 429
      : said.error instanceof OutboundRefused && said.error.reason !== 'unknown_name'
  if (!taken && !final && tries < mostTries) {
    await setWork(tx, work.id, { wish: { ...work.wish, tries }, outcome })
    await enqueue(tx, handOverJob, { workId: work.id }, { startAfter: tx.now.add({ minutes: 4 ** tries }) })
    return
  }
  await setWork(tx, work.id, { state: taken ? 'done' : 'failed', outcome, wish: { ...work.wish, tries } })
  await audit(tx, by, {
    action: taken ? 'request.handed_over' : 'request.hand_over_failed',
    object: { type: 'request', id: work.request_id },
    result: taken ? 'done' : 'failed',
  })
}
