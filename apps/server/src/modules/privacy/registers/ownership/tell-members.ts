import { chooseLocale } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { mailMember } from '../../../../platform/mail/index.ts'
import { mayReachMember, workspaceFacts } from '../../../accounts/index.ts'
import type { StoredChange } from './ownership.tables.ts'
import { ownershipTranslator } from './ownership.words.ts'

/** Writes to everybody who works here: their accounts here go over as well. Whoever deactivated hers, or left, is not written to. */
export async function tellMembers(tx: WorkspaceTx, change: StoredChange): Promise<void> {
  const business = await workspaceFacts(tx)
  const locale = chooseLocale([business.locale])
  const t = ownershipTranslator(locale)
  const members = await tx.db
    .selectFrom('member')
    .select(['id', 'name', 'email'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute()
  for (const { id, name, email } of members) {
    if (!(await mayReachMember(tx, { memberId: id, news: 'ownership' })).allowed) continue
    const vars = {
      business: business.name,
      name,
      successor: change.successor,
      day: change.effective_on.toLocaleString(locale, { dateStyle: 'long' }),
    }
    await mailMember(tx, {
      memberId: id,
      news: 'ownership',
      to: { name, address: email },
      subject: t('mail/subject', vars),
      text: `${[t('mail/hello', vars), t('mail/member', vars), change.note].join('\n\n')}\n`,
      automatic: false,
    })
  }
}
