import type { NewsChoice, NewsItem, NewsKind, Principal } from '@frontdesk/contract'
import { newsKinds } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import type { MemberAnswer } from '../../platform/mail/index.ts'
import { accountsPolicy } from './accounts.policy.ts'
import type { Policies } from './api-keys.ts'

/** One kind of mail to members. */
type NewsFacts = {
  /** Until she says otherwise. */
  readonly usual: boolean
  /** The law asks for what it tells of, so it also reaches who closes her account or her business. */
  readonly legal: boolean
  /** She cannot switch it off. */
  readonly always: boolean
  /** Without this permission there is nothing to tell her. */
  readonly needs: string | null
}

const own = { usual: true, legal: false, always: false, needs: null } as const
const law = { usual: true, legal: true, always: false, needs: 'requests.read' } as const

/**
 * Everything a workspace mails its members. What is overdue by law, and an incident whose clock runs in hours (GDPR Art. 33), and a new owner, is told whatever was settled: somebody who can act has
 * to hear of it. What stands in the desk anyway can be switched off.
 */
export const memberNews: Readonly<Record<NewsKind, NewsFacts>> = {
  bookings_mine: own,
  bookings_all: { ...own, usual: false, needs: 'bookings.read' },
  unreached: own,
  leads_waiting: { ...own, needs: 'leads.write' },
  requests_new: law,
  requests_due: law,
  requests_overdue: { ...law, always: true },
  incidents: { ...law, always: true, needs: 'breaches.read' },
  ownership: { ...law, always: true, needs: null },
  webhooks: { ...own, needs: 'webhooks.manage' },
  tasks_mine: { ...own, needs: 'tasks.write' },
  mentions: { ...own, needs: 'contacts.read' },
}

/** Whether she wants this mail. */
export const wantsNews = (choice: NewsChoice, kind: NewsKind): boolean => {
  const facts = memberNews[kind]
  return facts.always || ((choice as Partial<Record<NewsKind, boolean>>)[kind] ?? facts.usual)
}

type Shown = z.input<typeof NewsItem>

/** What the one who asks is mailed, of what her role has to do with; the mails of the account itself stand at the end. */
export async function listNews(tx: WorkspaceTx, by: Principal, policies: Policies): Promise<Shown[]> {
  accountsPolicy.require(by, 'news.read')
  const { news } = await ownRow(tx, by)
  const concerned = ({ needs }: NewsFacts) =>
    needs === null || policies().some((policy) => Object.hasOwn(policy.permissions, needs) && policy.decide(by, needs).allowed)
  return [
    ...newsKinds
      .filter((kind) => concerned(memberNews[kind]))
      .map((kind): Shown => ({ kind, mailed: wantsNews(news, kind), always: memberNews[kind].always ? 'law' : null })),
    { kind: 'account', mailed: true, always: 'security' },
  ]
}

/** Settles what the one who asks is mailed. */
export async function chooseNews(tx: WorkspaceTx, by: Principal, wish: NewsChoice, policies: Policies): Promise<Shown[]> {
  accountsPolicy.require(by, 'news.choose')
  const { id, news } = await ownRow(tx, by)
  await tx.db
    .updateTable('member')
    .set({ news: JSON.stringify({ ...news, ...wish }) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
  return listNews(tx, by, policies)
}

async function ownRow(tx: WorkspaceTx, by: Principal) {
  if (by.kind !== 'member') throw new Refusal('http/not-allowed', { detail: 'Only a member is mailed anything.' })
  return tx.db
    .selectFrom('member')
    .select(['id', 'news'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', by.memberId)
    .executeTakeFirstOrThrow()
}

const no = (why: string, closing = false): MemberAnswer => ({ allowed: false, why, closing })

/** Whether a member is written to about something now: by her account, by the state of the workspace, and by what she settled. */
export async function mayReachMember(tx: WorkspaceTx, to: { readonly memberId: string; readonly news: NewsKind }): Promise<MemberAnswer> {
  const found = await tx.db
    .selectFrom('member')
    .innerJoin('workspace', 'workspace.id', 'member.workspace_id')
    .select(['member.removed_at', 'member.deactivated_why', 'member.news', 'workspace.closes_at'])
    .where('member.workspace_id', '=', tx.workspaceId)
    .where('member.id', '=', to.memberId as never)
    .executeTakeFirst()
  if (!found || found.removed_at !== null) return no('Not sent, because she does not work here any more.')
  const { deactivated_why: rests } = found
  if (rests === 'self' || rests === 'workspace') return no('Not sent, because her account is deactivated.')
  if (!memberNews[to.news].legal) {
    if (rests === 'closing') return no('Not sent, because she is closing her account.')
    if (found.closes_at !== null) return no('Not sent, because the business is being closed.', true)
  }
  return wantsNews(found.news, to.news) ? { allowed: true } : no('Not sent, because she does not want these mails.')
}
