import type { ContactId, DisclosurePurpose, DisclosureRecipient, LegalRequestCase, Principal } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { findFile, recordFile } from '../../../../platform/files/index.ts'
import type { FileAnswer } from '../../../../platform/http/index.ts'
import { system } from '../../../../platform/inventory/index.ts'
import { defineJob, enqueue, type JobContext } from '../../../../platform/jobs/index.ts'
import { erasureSurroundings } from '../../erasure/index.ts'
import { readPrivacySettings } from '../../settings/read-privacy-settings.ts'
import { contactTables } from '../breaches/affected.rules.ts'
import { businessDay } from '../business-day.ts'
import { recordDisclosure } from '../disclosures/record-disclosure.ts'
import { registerSurroundings } from '../surroundings.ts'
import { checksOf } from './check-legal-request.ts'
import { isGagged, isValid } from './legal.rules.ts'
import type { LegalRequestRow, StoredLegalRequest } from './legal.tables.ts'
import { changeLegalRequest, keepLegalStep, lockLegalRequest, requireState } from './legal-steps.ts'
import { scopedData, subjectsOf } from './scoped-rows.ts'
import { tellSubject } from './tell-subject.ts'

const EXTRACT_LIVES = { hours: 720 }
const LARGEST_BYTES = 1_000_000_000

/** Discloses: the extract is made by a job, the hand-over is recorded, and the people are told, unless a gag forbids it for now. Throws `http/conflict` before two people have said yes. */
export async function discloseLegalRequest(tx: WorkspaceTx, by: Principal, id: string): Promise<StoredLegalRequest> {
  const row = await lockLegalRequest(tx, by, id)
  requireState(row, 'valid')
  if (!isValid(row, await checksOf(tx, row.id)))
    throw new Refusal('privacy/second-person-needed', { detail: 'Two people have to say yes first. Nothing was disclosed.' })
  const disclosed = await changeLegalRequest(tx, by, row, 'disclosed', { state: 'disclosed', extract: 'making', disclosed_at: tx.now })
  await enqueue(tx, makeExtractJob, { legalRequestId: row.id })
  return (await accountFor(tx, by, disclosed)) ?? disclosed
}

/** Makes the file of a disclosure: what the scope holds, encrypted under a key of its own, for thirty days. */
export const makeExtractJob = defineJob({
  name: 'privacy.make-extract',
  payload: z.strictObject({ legalRequestId: z.uuid() }),
  fields: { legalRequestId: system },
  timeoutSeconds: 600,
  concurrency: 1,
  run: makeExtract,
})

async function makeExtract(context: JobContext, { legalRequestId }: { readonly legalRequestId: string }): Promise<void> {
  const found = await context.inWorkspace(async (tx) => {
    const row = await tx.db
      .selectFrom('legal_request')
      .selectAll()
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', legalRequestId)
      .executeTakeFirst()
    return row?.extract === 'making' ? { row, data: await scopedData(tx, row) } : undefined
  })
  if (!found) return
  const { row, data } = found
  const now = context.database.clock()
  const content = {
    reference: row.reference,
    authority: row.authority,
    number: row.number,
    madeAt: now.toString(),
    people: data.map(({ contactId, tables }) => ({ contactId, tables })),
  }
  const stored = await erasureSurroundings.get().files.put(Buffer.from(`${JSON.stringify(content, null, 2)}\n`), {
    workspaceId: context.workspaceId,
    subjects: data.map(({ contactId }) => ({ contactId })),
    purpose: 'export',
    name: `legal-request-${row.number}.json`,
    maxBytes: LARGEST_BYTES,
    now,
    expiresAt: now.add(EXTRACT_LIVES),
  })
  await context.inWorkspace(async (tx) => {
    await recordFile(tx, stored)
    await changeLegalRequest(tx, context.by, row, 'extract', { extract: 'ready', file_id: stored.id })
  })
}

/** The file, to be handed over. Who fetched it is audited. Throws `http/conflict` where it is not ready, or its thirty days are over. */
export async function readExtract(tx: WorkspaceTx, by: Principal, id: string): Promise<FileAnswer> {
  const row = await lockLegalRequest(tx, by, id)
  const file = row.file_id === null ? undefined : await findFile(tx, row.file_id)
  if (row.extract !== 'ready' || !file)
    throw new Refusal('http/conflict', {
      detail:
        row.extract === 'ready' ? 'The thirty days of this extract are over.' : 'The extract is not ready yet. Try again in a moment.',
    })
  await keepLegalStep(tx, by, row.id, 'fetched')
  return { workspaceId: tx.workspaceId, id: file.id, size: file.size, name: file.name ?? 'extract.json', mediaType: file.media_type }
}

/**
 * Makes a disclosure part of what the people receive, and tells them, once nothing forbids it any more. Answers undefined while a gag holds. With the setting
 * `legal.notify_subject` at never they are not written to; the account of disclosures tells whoever asks.
 */
export async function accountFor(tx: WorkspaceTx, by: Principal, row: StoredLegalRequest): Promise<StoredLegalRequest | undefined> {
  if (row.accounted_at !== null || isGagged(row, await businessDay(tx))) {
    await setWaiting(tx, row)
    return undefined
  }
  const settings = await readPrivacySettings(tx)
  const tells = settings['legal.notify_subject'] === 'when_permitted'
  const categories = [
    ...new Set(
      contactTables(registerSurroundings.get().inventory)
        .filter(({ table }) => row.tables.includes(table))
        .flatMap((one) => one.categories),
    ),
  ].sort()
  const accounted = await changeLegalRequest(tx, by, row, 'accounted', { accounted_at: tx.now })
  for (const { id, contact_id: contactId } of await subjectsOf(tx, row.id)) {
    if (contactId === null) continue
    await recordDisclosure(tx, by, {
      ...recipientOf(row),
      contactId,
      categories,
      about: { type: 'legal_request', id: row.id },
    })
    await setNotice(tx, id, tells ? await tellSubject(tx, row, contactId as ContactId) : 'withheld')
  }
  return accounted
}

const recipientOf = (
  row: Pick<LegalRequestRow, 'authority' | 'kind' | 'reason'>,
): { readonly recipient: string; readonly recipientKind: DisclosureRecipient; readonly purpose: DisclosurePurpose } => ({
  recipient: row.authority,
  recipientKind: row.kind === 'subpoena' || row.kind === 'court_order' || row.kind === 'civil_claim' ? 'court' : 'authority',
  purpose:
    row.reason === 'protect_safety'
      ? 'safety'
      : row.reason === 'law_requires' || row.reason === 'crime_reported'
        ? 'legal_duty'
        : 'legal_claim',
})

async function setWaiting(tx: WorkspaceTx, row: StoredLegalRequest): Promise<void> {
  await tx.db
    .updateTable('legal_request_subject')
    .set({ notice: 'waiting' })
    .where('workspace_id', '=', tx.workspaceId)
    .where('legal_request_id', '=', row.id)
    .where('notice', '=', 'none')
    .execute()
}

async function setNotice(tx: WorkspaceTx, id: string, notice: LegalRequestCase['subjects'][number]['notice']): Promise<void> {
  await tx.db
    .updateTable('legal_request_subject')
    .set({ notice, told_at: notice === 'sent' ? tx.now : null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}
