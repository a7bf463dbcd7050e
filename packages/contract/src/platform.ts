import { z } from 'zod'
import { idOf } from './ids.ts'
import { webhookRoutes } from './platform-webhooks.ts'
import { routes } from './routes.ts'
import { Instant, PageQuery, pageOf } from './values.ts'

/** What stands between this server and the world, as the banners show it. */
export const ServerStatus = z
  .object({
    version: z.string(),
    mail: z.enum(['smtp', 'outbox_only']),
    publicUrl: z.string(),
    reachable: z.enum(['from_outside', 'this_computer_only', 'unknown']),
    keysCopyConfirmed: z.boolean(),
    demo: z.boolean(),
    /** Addresses that were switched off by themselves: gone, or failing for days. */
    webhooksOff: z.int(),
  })
  .meta({ id: 'ServerStatus' })

/**
 * How far an outgoing mail came. `not_configured`: there was no mail server when it was written, so nobody received it; a person decides later whether it still goes out.
 */
export const MailState = z.enum(['queued', 'sending', 'sent', 'failed', 'bounced', 'not_configured', 'dropped']).meta({ id: 'MailState' })

/** A mail exactly as it goes out. Without SMTP it waits here and the person receives nothing. */
export const OutgoingMail = z
  .object({
    id: z.uuid(),
    to: z.string(),
    subject: z.string(),
    state: MailState,
    createdAt: Instant,
    sentAt: Instant.nullable(),
    attempts: z.int(),
    error: z.string().nullable(),
    contactId: z.uuid().nullable(),
  })
  .meta({ id: 'OutgoingMail' })

export const OutgoingMailDetail = OutgoingMail.extend({
  /** It holds a personal link, so only owners see its words. */
  confidential: z.boolean(),
  from: z.string(),
  text: z.string(),
  html: z.string().nullable(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  attachments: z.array(z.object({ name: z.string(), type: z.string(), size: z.int() })),
}).meta({ id: 'OutgoingMailDetail' })

/** A job that used up its tries. Its payload holds ids only. */
export const FailedJob = z
  .object({
    id: z.uuid(),
    name: z.string(),
    failedAt: Instant,
    attempts: z.int(),
    error: z.string(),
    payload: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'FailedJob' })

export const StoredEvent = z
  .object({ id: z.uuid(), type: z.string(), at: Instant, payload: z.record(z.string(), z.unknown()) })
  .meta({ id: 'StoredEvent' })

export const platformRoutes = routes({
  ...webhookRoutes,
  'GET /status': { summary: 'How this server stands: mail, public address, keys', access: 'member', answer: ServerStatus },
  'GET /events': {
    summary: 'Events of the workspace, oldest first, to catch up',
    access: 'member',
    query: PageQuery,
    answer: pageOf(StoredEvent),
  },
  'GET /outbox': {
    summary: 'Mails that went out or wait to go out, newest first',
    access: 'member',
    query: PageQuery.extend({ state: MailState.optional() }),
    answer: pageOf(OutgoingMail),
  },
  'GET /outbox/{mailId}': {
    summary: 'One mail, exactly as it goes out',
    access: 'member',
    params: z.strictObject({ mailId: idOf('mail') }),
    answer: OutgoingMailDetail,
  },
  'POST /outbox/{mailId}/retry': {
    summary: 'Try a failed mail again, with the same Message-ID',
    access: 'member',
    params: z.strictObject({ mailId: idOf('mail') }),
    answer: OutgoingMail,
    refusals: ['mail/not-configured', 'mail/not-waiting'],
  },
  'POST /outbox/waiting': {
    summary: 'Decide about the mails that were written while no mail server was set up: send them now, or drop them',
    access: 'member',
    body: z.strictObject({ choice: z.enum(['send', 'drop']) }),
    answer: z.object({ mails: z.int() }),
    refusals: ['mail/not-configured'],
  },
  'GET /failed-jobs': { summary: 'Jobs that used up their tries', access: 'member', query: PageQuery, answer: pageOf(FailedJob) },
  'POST /failed-jobs/{jobId}/retry': {
    summary: 'Run a failed job again',
    access: 'member',
    params: z.strictObject({ jobId: z.uuid() }),
    status: 204,
    answer: z.undefined(),
  },
})
