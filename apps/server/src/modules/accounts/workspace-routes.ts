import type { accountsRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../platform/http/index.ts'
import { changeAccessRules, showAccessRules } from './access-rules.ts'
import { accountsPolicy } from './accounts.policy.ts'
import { createApiKey, listApiKeys, listScopes, type Policies, revokeApiKey } from './api-keys.ts'
import { bringBackMember, type TellReturned } from './bring-back-member.ts'
import { removeLogo, setLogo } from './change-logo.ts'
import { changeWorkspace, checkSlug, showWorkspace } from './change-workspace.ts'
import { closeWorkspace, deactivateWorkspace, reopenWorkspace } from './close-workspace.ts'
import { inviteMember, listInvitations, type MailInvitation, renewInvitation, revokeInvitation } from './invitations.ts'
import { chooseNews, listNews } from './member-news.ts'
import { changeMember, deactivateMember, leaveWorkspace, listMembers, reactivateMember, removeMember } from './members.ts'
import { grantOperator, listOperatorGrants, revokeOperatorGrant } from './operator-grants.ts'
import type { AccountServices } from './services.ts'
import { setOpeningHours, showOpeningHours } from './set-opening-hours.ts'

type WorkspaceRoutes = Pick<
  typeof accountsRoutes,
  {
    [Name in keyof typeof accountsRoutes]: (typeof accountsRoutes)[Name]['access'] extends 'member' ? Name : never
  }[keyof typeof accountsRoutes]
>

export type WorkspaceDoors = Pick<AccountServices, 'auth'> & {
  readonly policies: Policies
  readonly linkBase: () => string
  readonly mailInvitation: MailInvitation
  readonly tellReturned: TellReturned
}

const policy = accountsPolicy

/** The workspace, its members, keys and hours. */
export function workspaceHandlers(doors: WorkspaceDoors): Handlers<WorkspaceRoutes> {
  return {
    'GET /workspace': { policy, may: 'workspace.read', run: ({ tx, by }) => showWorkspace(tx, by) },
    'PATCH /workspace': {
      policy,
      may: 'workspace.manage',
      run: ({ tx, by, body, version }) => changeWorkspace(tx, by, { ...body, version }),
    },
    'PUT /workspace/logo': { policy, may: 'workspace.manage', run: ({ tx, by, file }) => setLogo(tx, by, file) },
    'DELETE /workspace/logo': { policy, may: 'workspace.manage', run: ({ tx, by }) => removeLogo(tx, by) },
    'GET /access-rules': { policy, may: 'access_rules.read', run: ({ tx, by }) => showAccessRules(tx, by, doors) },
    'PUT /access-rules': {
      policy,
      may: 'access_rules.manage',
      run: ({ tx, by, body, version }) => changeAccessRules(tx, by, { ...body, version }, doors),
    },
    'GET /workspace/slugs/{slug}': { policy, may: 'workspace.read', run: ({ tx, by, params }) => checkSlug(tx, by, params.slug) },
    'POST /workspace/closing': { policy, may: 'workspace.close', run: ({ tx, by }) => closeWorkspace(tx, by) },
    'POST /workspace/deactivation': { policy, may: 'workspace.close', run: ({ tx, by }) => deactivateWorkspace(tx, by) },
    'DELETE /workspace/closing': { policy, may: 'workspace.close', run: ({ tx, by }) => reopenWorkspace(tx, by) },
    'POST /workspace/leaving': { policy, may: 'workspace.leave', run: ({ tx, by }) => leaveWorkspace(tx, by).then(() => undefined) },
    'GET /members': { policy, may: 'members.read', run: ({ tx, by, query }) => listMembers(tx, by, query) },
    'PATCH /members/{memberId}': {
      policy,
      may: 'members.manage',
      run: ({ tx, by, params, body, version }) => changeMember(tx, by, { ...body, ...params, version }),
    },
    'DELETE /members/{memberId}': {
      policy,
      may: 'members.manage',
      run: ({ tx, by, params }) => removeMember(tx, by, params.memberId).then(() => undefined),
    },
    'POST /members/{memberId}/deactivation': {
      policy,
      may: 'members.manage',
      run: ({ tx, by, params }) => deactivateMember(tx, by, params.memberId),
    },
    'DELETE /members/{memberId}/deactivation': {
      policy,
      may: 'members.manage',
      run: ({ tx, by, params }) => reactivateMember(tx, by, params.memberId),
    },
    'POST /members/{memberId}/return': {
      policy,
      may: 'members.bring_back',
      run: ({ tx, by, params, body }) => bringBackMember(tx, by, { ...body, ...params }, doors.tellReturned),
    },
    'GET /news-choice': { policy, may: 'news.read', run: async ({ tx, by }) => ({ items: await listNews(tx, by, doors.policies) }) },
    'PATCH /news-choice': {
      policy,
      may: 'news.choose',
      run: async ({ tx, by, body }) => ({ items: await chooseNews(tx, by, body, doors.policies) }),
    },
    'GET /invitations': { policy, may: 'invitations.read', run: ({ tx, by, query }) => listInvitations(tx, by, query) },
    'POST /invitations': { policy, may: 'invitations.manage', run: ({ tx, by, body }) => inviteMember(tx, by, body, doors) },
    'POST /invitations/{invitationId}/renew': {
      policy,
      may: 'invitations.manage',
      run: ({ tx, by, params }) => renewInvitation(tx, by, params.invitationId, doors),
    },
    'DELETE /invitations/{invitationId}': {
      policy,
      may: 'invitations.manage',
      run: ({ tx, by, params }) => revokeInvitation(tx, by, params.invitationId).then(() => undefined),
    },
    'GET /scopes': { policy, may: 'api_keys.read', run: async ({ by }) => ({ items: [...listScopes(by, doors.policies)] }) },
    'GET /api-keys': { policy, may: 'api_keys.read', run: ({ tx, by, query }) => listApiKeys(tx, by, query) },
    'POST /api-keys': { policy, may: 'api_keys.manage', run: ({ tx, by, body }) => createApiKey(tx, by, body, doors.policies) },
    'DELETE /api-keys/{apiKeyId}': {
      policy,
      may: 'api_keys.manage',
      run: ({ tx, by, params }) => revokeApiKey(tx, by, params.apiKeyId).then(() => undefined),
    },
    'GET /operator-grants': { policy, may: 'operator_grants.read', run: ({ tx, by, query }) => listOperatorGrants(tx, by, query) },
    'POST /operator-grants': { policy, may: 'operator_grants.manage', run: ({ tx, by, body }) => grantOperator(tx, by, body) },
    'DELETE /operator-grants/{grantId}': {
      policy,
      may: 'operator_grants.manage',
      run: ({ tx, by, params }) => revokeOperatorGrant(tx, by, params.grantId).then(() => undefined),
    },
    'GET /opening-hours': { policy, may: 'hours.read', run: ({ tx, by }) => showOpeningHours(tx, by) },
    'PUT /opening-hours': {
      policy,
      may: 'hours.manage',
      run: ({ tx, by, body, version }) => setOpeningHours(tx, by, { ...body, version }),
    },
  }
}
