import { z } from 'zod'
import { defineJob, defineSchedule, type Job, type JobContext, type Schedule } from '../../platform/jobs/index.ts'
import { answerMailRequests } from './answer-mail-requests.ts'
import { deleteClosedAccounts } from './close-account.ts'
import { deleteWorkspace } from './delete-workspace.ts'
import { tidyWorkspaceName } from './erase-workspace.ts'
import { handOutCertificates, type Leaving } from './hand-out-certificates.ts'
import { endMembership } from './members.ts'
import type { AccountServices } from './services.ts'
import { absoluteLimit, idleLimit } from './sessions.ts'

/** Invitations are listed for this long after they ended. */
const invitationsKept = Temporal.Duration.from({ hours: 90 * 24 })
/** Used and expired links and sign-ups, which hold addresses, go soon after. */
export const linksKept = Temporal.Duration.from({ hours: 24 })

/** Once an hour in each workspace: access that has an end ends, old invitations go, and a workspace whose grace is over is deleted. */
export const tidyWorkspaceJob = (leaving: Leaving): Job<Record<string, never>> =>
  defineJob({
    name: tidyWorkspaceName,
    payload: z.strictObject({}),
    fields: {},
    timeoutSeconds: 1800,
    concurrency: 1,
    run: async (context) => {
      const ends = await context.inWorkspace(async (tx) => {
        const workspace = await tx.db.selectFrom('workspace').select('closes_at').where('id', '=', tx.workspaceId).executeTakeFirst()
        const isOver = workspace?.closes_at && Temporal.Instant.compare(workspace.closes_at, tx.now) <= 0
        return isOver ? workspace : undefined
      })
      if (!ends) return tidy(context)
      const { tables } = await deleteWorkspace(leaving.eraser, context.workspaceId)
      await handOutCertificates(leaving)
      await leaving.vacuum(Object.keys(tables).filter((table) => table !== 'job'))
    },
  })

const tidy = (context: JobContext): Promise<void> =>
  context.inWorkspace(async (tx) => {
    const expired = await tx.db
      .selectFrom('member')
      .innerJoin('workspace', 'workspace.id', 'member.workspace_id')
      .select(['member.id', 'member.user_id'])
      .where('member.workspace_id', '=', tx.workspaceId)
      .where('workspace.test_of', 'is', null)
      .where('removed_at', 'is', null)
      .where('expires_at', '<=', tx.now)
      .execute()
    for (const member of expired) await endMembership(tx, context.by, member)
    await tx.db
      .deleteFrom('invitation')
      .where('workspace_id', '=', tx.workspaceId)
      .where('expires_at', '<', tx.now.subtract(invitationsKept))
      .execute()
  })

/** Deletes what the schema `auth` need not keep: ended sessions, used and expired links, steps nobody finished, counts of failed tries. */
export async function forgetEnded({ auth }: Pick<AccountServices, 'auth'>): Promise<void> {
  await auth.transaction(async ({ db, now }) => {
    await db
      .deleteFrom('session')
      .where((or) => or.or([or('last_used_at', '<', now.subtract(idleLimit)), or('created_at', '<', now.subtract(absoluteLimit))]))
      .execute()
    await db.deleteFrom('challenge').where('expires_at', '<', now).execute()
    await db.deleteFrom('mail_link').where('expires_at', '<', now.subtract(linksKept)).execute()
    await db.deleteFrom('sign_up').where('expires_at', '<', now).execute()
    await db
      .deleteFrom('sign_up')
      .where('used_at', '<', now.subtract({ hours: 2 }))
      .execute()
    await db
      .deleteFrom('failed_try')
      .where('window_started_at', '<', now.subtract({ hours: 2 }))
      .execute()
  })
}

/** What this room does by the clock. */
export const accountsSchedules = (
  services: AccountServices,
  leaving: Leaving,
  tidyWorkspace: Job<Record<string, never>>,
): readonly Schedule[] => [
  defineSchedule({ name: 'accounts.tidy-workspaces', cron: '17 * * * *', zone: 'UTC', job: tidyWorkspace }),
  defineSchedule({
    name: 'accounts.hand-out-certificates',
    cron: '*/5 * * * *',
    zone: 'UTC',
    chore: async () => void (await handOutCertificates(leaving)),
  }),
  defineSchedule({ name: 'accounts.answer-mail-requests', cron: '* * * * *', zone: 'UTC', chore: () => answerMailRequests(services) }),
  defineSchedule({ name: 'accounts.forget-ended', cron: '41 * * * *', zone: 'UTC', chore: () => forgetEnded(services) }),
  defineSchedule({
    name: 'accounts.delete-closed-accounts',
    cron: '23 3 * * *',
    zone: 'UTC',
    chore: async () => void (await deleteClosedAccounts(services)),
  }),
]
