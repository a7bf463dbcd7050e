import type pg from 'pg'
import type { Clock } from '../clock/index.ts'
import type { Keys } from '../crypto/index.ts'
import { isDatabaseAway, type Listener } from '../database/index.ts'
import { errorFields, type Log } from '../log/index.ts'
import type { PersonMailRow } from './mail.tables.ts'
import { openPersonRaw, personMailChannel } from './person-mail.ts'
import { readdressMail } from './readdress-mail.ts'
import { retryWaits } from './send-mail.ts'
import { mailSettings } from './settings.ts'
import { handOver } from './smtp.ts'

export type PersonMailSettings = {
  /** As the auth role. */
  readonly auth: pg.Pool
  readonly keys: Keys
  readonly clock: Clock
  readonly log: Log
  readonly listener?: Listener
}

const LOOK_MS = 5000
/** Longer than one try may take: whoever began it is gone. */
const ABANDONED_AFTER = { minutes: 3 }
/** Links in these mails are worthless by then. */
export const KEPT = { hours: 24 * 7 }

/** Sends mails to people as they are queued, in three steps like every mail. Any number of workers may run it. */
export function startPersonMail(settings: PersonMailSettings): { stop(): Promise<void> } {
  let stopping = false
  let again = false
  let turning: Promise<void> | undefined

  const look = () => {
    again = true
    turning ??= turn().finally(() => {
      turning = undefined
    })
  }
  async function turn(): Promise<void> {
    while (again && !stopping) {
      again = false
      try {
        while (!stopping && (await sendNextPersonMail(settings)));
        await forgetOld(settings)
      } catch (error) {
        if (!isDatabaseAway(error)) settings.log.error('relay.failed', errorFields(error))
      }
    }
  }
  const deaf = settings.listener?.on(personMailChannel, look)
  const timer = setInterval(look, LOOK_MS)
  look()
  return {
    async stop() {
      stopping = true
      clearInterval(timer)
      deaf?.()
      await turning
    },
  }
}

type Taken = Pick<PersonMailRow, 'id' | 'to_address' | 'raw' | 'attempts'>

/** Sends the mail that waited longest. False when none is due. */
export async function sendNextPersonMail({ auth, keys, clock, log }: PersonMailSettings): Promise<boolean> {
  const { smtpUrl, from } = mailSettings.get()
  if (smtpUrl === undefined) return false
  const now = clock()
  const abandoned = now.subtract(ABANDONED_AFTER)
  const { rows } = await auth.query<Taken>(
    `update auth.person_mail set state = 'sending', attempts = attempts + 1, attempted_at = $1
     where id = (
       select id from auth.person_mail
       where (state = 'queued' and next_attempt_at <= $1) or (state = 'sending' and attempted_at < $2)
       order by next_attempt_at limit 1 for update skip locked
     ) returning id, to_address, raw, attempts`,
    [now, abandoned],
  )
  const mail = rows[0]
  if (!mail) return false
  const raw = readdressMail(openPersonRaw(keys, mail.id, mail.raw).toString('latin1'), from.address, undefined)
  const outcome = await handOver(smtpUrl, { from: from.address, plainFrom: from.address, to: mail.to_address }, Buffer.from(raw, 'latin1'))
  if (outcome.kind === 'accepted') {
    await auth.query(`update auth.person_mail set state = 'sent', sent_at = $2, error = null, error_code = null where id = $1`, [
      mail.id,
      clock(),
    ])
    log.info('mail.sent', { mailId: mail.id })
    return true
  }
  const wait = outcome.kind === 'never' ? undefined : retryWaits[mail.attempts - 1]
  await auth.query(`update auth.person_mail set state = $2, next_attempt_at = $3, error = $4, error_code = $5 where id = $1`, [
    mail.id,
    wait === undefined ? 'failed' : 'queued',
    clock().add({ seconds: wait ?? 0 }),
    outcome.reason,
    outcome.code,
  ])
  log.warn('mail.failed', { mailId: mail.id, attempt: mail.attempts, code: outcome.code })
  return true
}

async function forgetOld({ auth, clock }: PersonMailSettings): Promise<void> {
  await auth.query(`delete from auth.person_mail where created_at < $1 and state in ('sent', 'failed', 'not_configured')`, [
    clock().subtract(KEPT),
  ])
}

/** Mails to people, newest first, in full: for the operator at the server, who has the keys anyway. No route leads here. */
export async function readPersonMails(
  auth: pg.Pool,
  keys: Keys,
  most = 20,
): Promise<readonly { to: string; subject: string; state: string; raw: string }[]> {
  const { rows } = await auth.query<PersonMailRow>('select * from auth.person_mail order by id desc limit $1', [most])
  return rows.map((row) => ({
    to: row.to_address,
    subject: row.subject,
    state: row.state,
    raw: openPersonRaw(keys, row.id, row.raw).toString('latin1'),
  }))
}
