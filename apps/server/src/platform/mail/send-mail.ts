import { setTimeout as delay } from 'node:timers/promises'
import type { MailId } from '@frontdesk/contract'
import { idOf } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { isDatabaseAway, type WorkspaceTx } from '../database/index.ts'
import { mayLeave } from '../egress/index.ts'
import { emit } from '../events/index.ts'
import { system } from '../inventory/index.ts'
import { defineJob, enqueue, type JobContext } from '../jobs/index.ts'
import { replyAddress } from './address-token.ts'
import type { MailRow } from './mail.tables.ts'
import { mailGate, mayReachMember } from './ports.ts'
import { openRaw, sealRaw } from './raw-mail.ts'
import { readdressMail } from './readdress-mail.ts'
import { mailSettings } from './settings.ts'
import { type Envelope, handOver, type SendOutcome } from './smtp.ts'
import { isTestWorkspace } from './test-workspace.ts'

/** Seconds to wait after each failed try; two days in all, as mail servers do (RFC 5321 §4.5.4.1 asks for four to five days between servers, we talk to our own). */
export const retryWaits = [15, 60, 300, 900, 3600, 7200, 14_400, 28_800, 28_800, 28_800, 28_800] as const

/** A mail that waited longer than this is asked about at the gate again. */
const GATE_AGAIN_AFTER = { minutes: 5 }

/**
 * Sends one mail in three steps: state `sending` is committed, the server is spoken to, the outcome is recorded. A crash between the last two repeats the mail with the
 * same Message-ID, once for each crash; a mail is never lost.
 */
export const sendMailJob = defineJob({
  name: 'mail.send',
  payload: z.strictObject({ mailId: idOf('mail') }),
  fields: { mailId: system },
  // Its tries are for crashes. A mail server that refuses is waited for with the mail itself, where people see it.
  retries: { limit: 100, delaySeconds: 2, backoff: 'exponential' },
  timeoutSeconds: 300,
  concurrency: 4,
  run: async (context, { mailId }) => {
    const mail = await context.inWorkspace((tx) => beginSending(tx, mailId))
    if (!mail) return
    const started = performance.now()
    const outcome = await handOver(mail.smtpUrl, mail.envelope, mail.raw)
    await insistWhileAway(context, () => context.inWorkspace((tx) => recordOutcome(tx, mailId, outcome)))
    if (outcome.kind === 'accepted') context.log.info('mail.sent', { mailId, ms: Math.round(performance.now() - started) })
    else context.log.warn('mail.failed', { mailId, attempt: mail.attempt, code: outcome.code })
  },
})

type Sending = {
  readonly smtpUrl: string
  readonly envelope: Envelope
  readonly raw: Buffer
  readonly attempt: number
}

/** Step one. Undefined when there is nothing to send any more. */
async function beginSending(tx: WorkspaceTx, mailId: MailId): Promise<Sending | undefined> {
  const mail = await lockMail(tx, mailId)
  if (!mail || (mail.state !== 'queued' && mail.state !== 'sending')) return undefined
  const { smtpUrl, from } = mailSettings.get()
  if (smtpUrl === undefined || (await isTestWorkspace(tx))) {
    await setMail(tx, mailId, { state: 'not_configured', next_attempt_at: null })
    return undefined
  }
  if (await stoppedByRegister(tx, mail)) return undefined
  if (await refusedMeanwhile(tx, mail)) return undefined

  const replyTo = mail.audience === 'contact' ? replyAddress(mailSettings.get(), tx.keys, mailId) : undefined
  const { raw, readdressed } = currentRaw(tx, mail)
  const attempt = mail.attempts + 1
  await setMail(
    tx,
    mailId,
    {
      state: 'sending',
      attempts: attempt,
      attempted_at: tx.now,
      next_attempt_at: null,
      ...(readdressed ? { raw: sealRaw(tx, 'mail', mailId, raw), from_address: from.address, size: raw.length } : {}),
    },
    'quietly',
  )
  return { smtpUrl, envelope: { from: replyTo ?? from.address, plainFrom: from.address, to: mail.to_address }, raw, attempt }
}

/** The register of processors may say that nothing goes to the mail server any more. The mail then waits for a person, who reads why. */
async function stoppedByRegister(tx: WorkspaceTx, mail: Selectable<MailRow>): Promise<boolean> {
  const answer = await mayLeave(tx, {
    connection: 'smtp',
    purpose: mail.audience === 'contact' ? 'communication' : 'account',
    categories: ['name', 'contact_details', 'communication'],
  })
  if (answer.allowed) return false
  await setMail(tx, mail.id, { state: 'not_configured', next_attempt_at: null, error: answer.why, error_code: 'egress' })
  return true
}

/** The MIME text with the sender this server has now. */
export function currentRaw(
  tx: Pick<WorkspaceTx, 'keys' | 'workspaceId'>,
  mail: Pick<Selectable<MailRow>, 'id' | 'raw' | 'from_address' | 'audience'>,
): { readonly raw: Buffer; readonly readdressed: boolean } {
  const settings = mailSettings.get()
  const raw = openRaw(tx, 'mail', mail.id, mail.raw)
  if (mail.from_address === settings.from.address) return { raw, readdressed: false }
  const replyTo = mail.audience === 'contact' ? replyAddress(settings, tx.keys, mail.id) : undefined
  return { raw: Buffer.from(readdressMail(raw.toString('latin1'), settings.from.address, replyTo), 'latin1'), readdressed: true }
}

/**
 * A mail that waited for a server or a person needs the gate's word again; one to a member is asked about whenever it leaves, because her account may have ended since. Not one that may be
 * out already: it was `sending` when we crashed.
 */
async function refusedMeanwhile(tx: WorkspaceTx, mail: Selectable<MailRow>): Promise<boolean> {
  if (mail.state !== 'queued') return false
  if (mail.audience === 'member') return refusedNow(tx, mail)
  const waitedUntil = tx.now.toZonedDateTimeISO('UTC').subtract(GATE_AGAIN_AFTER).toInstant()
  if (Temporal.Instant.compare(mail.created_at, waitedUntil) > 0) return false
  return refusedNow(tx, mail)
}

/** Asks the gate once more about a mail that has not gone out. A yes leaves it where it is, under a new permit; a no drops it, with the reason beside it. */
export async function refusedNow(tx: WorkspaceTx, mail: Selectable<MailRow>): Promise<boolean> {
  if (mail.audience === 'member') return refusedToMember(tx, mail)
  if (mail.contact_id === null || mail.permit_id === null) return false
  const answer = await mailGate.get().askAgain(tx, { mailId: mail.id, contactId: mail.contact_id, permitId: mail.permit_id })
  if (answer.allowed) {
    await tx.db
      .updateTable('mail')
      .set({ permit_id: answer.permit.id as MailRow['permit_id'] })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', mail.id)
      .execute()
    return false
  }
  return drop(tx, mail.id, answer)
}

async function refusedToMember(tx: WorkspaceTx, { id, member_id: memberId, news }: Selectable<MailRow>): Promise<boolean> {
  if (memberId === null || news === null) return false
  const answer = await mayReachMember(tx, { memberId, news })
  return answer.allowed ? false : drop(tx, id, answer)
}

/** Codes of mails that were dropped: for good, or because the business is being closed. */
export const droppedBy = { gate: 'gate', closing: 'closing' } as const

async function drop(tx: WorkspaceTx, mailId: MailId, { why, closing }: { readonly why: string; readonly closing: boolean }): Promise<true> {
  const error_code = closing ? droppedBy.closing : droppedBy.gate
  await setMail(tx, mailId, { state: 'dropped', next_attempt_at: null, error: why, error_code })
  return true
}

/** Step three. */
async function recordOutcome(tx: WorkspaceTx, mailId: MailId, outcome: SendOutcome): Promise<void> {
  const mail = await lockMail(tx, mailId)
  if (mail?.state !== 'sending') return // a bounce was quicker, or somebody else recorded it
  if (outcome.kind === 'accepted') {
    await setMail(tx, mailId, { state: 'sent', sent_at: tx.now, error: null, error_code: null })
    return
  }
  const { reason: error, code: error_code } = outcome
  if (outcome.kind === 'never' && outcome.wrongAddress && mail.audience === 'contact') {
    await setMail(tx, mailId, { state: 'bounced', bounce_kind: 'permanent', error, error_code })
    return
  }
  const wait = retryWaits[mail.attempts - 1]
  if (outcome.kind === 'never' || wait === undefined) {
    await setMail(tx, mailId, { state: 'failed', error, error_code })
    return
  }
  const startAfter = tx.now.add({ seconds: wait })
  await setMail(tx, mailId, { state: 'queued', next_attempt_at: startAfter, error, error_code })
  await enqueue(tx, sendMailJob, { mailId }, { startAfter })
}

/** The mail's row, held until the transaction ends. */
export const lockMail = (tx: WorkspaceTx, mailId: MailId): Promise<Selectable<MailRow> | undefined> =>
  tx.db.selectFrom('mail').selectAll().where('workspace_id', '=', tx.workspaceId).where('id', '=', mailId).forUpdate().executeTakeFirst()

/** Changes a mail and tells of it. */
export async function setMail(
  tx: WorkspaceTx,
  mailId: MailId,
  change: Partial<Omit<MailRow, 'workspace_id' | 'id'>>,
  how: 'told' | 'quietly' = 'told',
): Promise<void> {
  await tx.db.updateTable('mail').set(change).where('workspace_id', '=', tx.workspaceId).where('id', '=', mailId).execute()
  if (how === 'told') await emit(tx, 'mail.changed', { mailId })
}

/** The mail is out, so its outcome is recorded even if the database has to come back first: giving up would send it twice. */
async function insistWhileAway(context: JobContext, record: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await record()
    } catch (error) {
      if (!isDatabaseAway(error) || context.signal.aborted) throw error
      await delay(250, undefined, { signal: context.signal })
    }
  }
}
