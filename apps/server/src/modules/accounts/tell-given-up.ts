import { translator } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { type Subscriber, subscribe } from '../../platform/events/index.ts'
import { mailMember } from '../../platform/mail/index.ts'
import { endpointAddress } from '../../platform/webhooks/index.ts'
import { givenUpWords } from './given-up.words.ts'
import { workspaceFacts } from './workspace-facts.ts'

/** Owners learn by mail when an address that hears of events was switched off by itself; the desk shows it to them and to admins. */
export const tellGivenUp = (linkBase: () => string): Subscriber =>
  subscribe('webhook_endpoint.disabled', {
    name: 'accounts.tell-given-up',
    run: async (context, { payload }) => {
      await context.inWorkspace((tx) => tellOwners(tx, payload, linkBase))
    },
  })

async function tellOwners(
  tx: WorkspaceTx,
  { endpointId, state }: { readonly endpointId: string; readonly state: 'gone' | 'failing' },
  linkBase: () => string,
): Promise<void> {
  const url = await endpointAddress(tx, endpointId)
  if (url === undefined) return // removed meanwhile
  const business = await workspaceFacts(tx)
  const t = translator(givenUpWords, business.locale)
  const owners = await tx.db
    .selectFrom('member')
    .select(['id', 'name', 'email'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('role', '=', 'owner')
    .where('removed_at', 'is', null)
    .where('deactivated_at', 'is', null)
    .execute()
  for (const { id, name, email } of owners)
    await mailMember(tx, {
      memberId: id,
      news: 'webhooks',
      to: { name, address: email },
      subject: t('subject'),
      text: [t(state, { url }), `${t('task')}\n${linkBase()}/w/${business.slug}/settings/webhooks/${endpointId}`].join('\n\n'),
      automatic: true,
    })
}
