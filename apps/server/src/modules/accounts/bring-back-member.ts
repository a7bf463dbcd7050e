import type { MemberId, MemberReturn, Principal } from '@frontdesk/contract'
import { z } from 'zod'
import { actorText } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { system } from '../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job } from '../../platform/jobs/index.ts'
import { accountsPolicy } from './accounts.policy.ts'
import { send } from './answer-mail-requests.ts'
import { loadMember, type PresentedMember, presentMember } from './members.ts'
import { requirePresence } from './recent-proof.ts'
import { wakeMember } from './rest-member.ts'
import type { AccountServices } from './services.ts'
import { refuseInTestWorkspace } from './test-workspace.ts'

/** The job that tells somebody that she was let in again. */
export type TellReturned = Job<{ returnId: string }>

/**
 * Lets a member in again who deactivated her account herself, because she asked for it: how, when and what shows it is recorded, and she is written to. Her access to other
 * workspaces rests on. Throws `http/conflict` for whoever did not deactivate herself, and where she asked before she did.
 */
export async function bringBackMember(
  tx: WorkspaceTx,
  by: Principal,
  wish: MemberReturn & { readonly memberId: MemberId },
  tellReturned: TellReturned,
): Promise<PresentedMember> {
  accountsPolicy.require(by, 'members.bring_back')
  requirePresence(by, tx.now)
  await refuseInTestWorkspace(tx)
  const member = await loadMember(tx, wish.memberId)
  if (member.deactivated_why !== 'self' || member.deactivated_at === null)
    throw new Refusal('http/conflict', { detail: 'This member did not deactivate her account herself. Nothing was changed.' })
  const { zone } = await tx.db.selectFrom('workspace').select('zone').where('id', '=', tx.workspaceId).executeTakeFirstOrThrow()
  const askedOn = Temporal.PlainDate.from(wish.askedOn)
  const [restsFrom, today] = [member.deactivated_at, tx.now].map((at) => at.toZonedDateTimeISO(zone).toPlainDate())
  if (!restsFrom || !today || Temporal.PlainDate.compare(askedOn, restsFrom) < 0 || Temporal.PlainDate.compare(askedOn, today) > 0)
    throw new Refusal('http/conflict', {
      detail: `She can have asked for it from the day on which she deactivated her account (${restsFrom?.toString()}) until today. Nothing was changed.`,
    })
  const id = tx.newId()
  await tx.db
    .insertInto('member_return')
    .values({
      workspace_id: tx.workspaceId,
      id,
      member_id: member.id,
      asked_how: wish.askedHow,
      asked_on: askedOn,
      proof: wish.proof,
      rested_since: member.deactivated_at,
      recorded_by: actorText(by),
      recorded_at: tx.now,
      told_at: null,
    })
    .execute()
  await wakeMember(tx, by, member)
  await enqueue(tx, tellReturned, { returnId: id })
  return presentMember(by)(await loadMember(tx, member.id))
}

/** Her account rests no longer, and she is told who let her in again and what to do if she did not ask for it. Doing it twice changes nothing. */
export const tellReturnedJob = (services: AccountServices): TellReturned =>
  defineJob({
    name: 'accounts.tell-returned',
    payload: z.strictObject({ returnId: z.uuid() }),
    fields: { returnId: system },
    run: async (context, { returnId }) => {
      const found = await context.inWorkspace((tx) =>
        tx.db
          .selectFrom('member_return')
          .innerJoin('member', (join) =>
            join.onRef('member.workspace_id', '=', 'member_return.workspace_id').onRef('member.id', '=', 'member_return.member_id'),
          )
          .innerJoin('workspace', 'workspace.id', 'member_return.workspace_id')
          .select([
            'member.user_id',
            'member_return.asked_on',
            'member_return.recorded_at',
            'workspace.name as workspace',
            'workspace.locale',
          ])
          .where('member_return.workspace_id', '=', tx.workspaceId)
          .where('member_return.id', '=', returnId)
          .where('told_at', 'is', null)
          .executeTakeFirst(),
      )
      const userId = found?.user_id
      if (!userId) return
      await services.auth.transaction(async (tx) => {
        const user = await tx.db.selectFrom('user').selectAll().where('id', '=', userId).executeTakeFirst()
        if (!user) return
        await tx.db
          .updateTable('user')
          .set((set) => ({ deactivated_at: null, version: set('version', '+', 1) }))
          .where('id', '=', user.id)
          .where('deactivated_at', '<=', found.recorded_at)
          .execute()
        const day = found.asked_on.toLocaleString(user.locale ?? found.locale, { dateStyle: 'long' })
        await send(services, tx, user, (t) => ({
          subject: t('returnSubject', { workspace: found.workspace }),
          paragraphs: [t('returnText', { workspace: found.workspace, day })],
          button: { label: t('restButton'), href: `${services.linkBase()}/sign-in` },
          notYou: t('returnNotYou'),
        }))
      })
      await context.inWorkspace((tx) =>
        tx.db
          .updateTable('member_return')
          .set({ told_at: tx.now })
          .where('workspace_id', '=', tx.workspaceId)
          .where('id', '=', returnId)
          .execute(),
      )
    },
  })
