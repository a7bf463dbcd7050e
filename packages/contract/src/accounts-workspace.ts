import { z } from 'zod'
import { NewsChoice, NewsItem } from './accounts-news.ts'
import { RoleName } from './accounts-shapes.ts'
import {
  AccessRules,
  AccessRulesBody,
  ApiKey,
  Invitation,
  KeyPurpose,
  logoRule,
  Member,
  MemberReturn,
  OpeningHours,
  OpeningHoursInput,
  OperatorGrant,
  Scope,
  Workspace,
  WorkspaceChange,
} from './accounts-workspace-shapes.ts'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { EmailAddress, Instant, Line, PageQuery, pageOf, Slug } from './values.ts'

const nothing = z.undefined()

/** The workspace, its members and keys. */
export const workspaceRoutes = routes({
  'GET /workspace': { summary: 'The workspace', access: 'member', answer: Workspace },
  'PATCH /workspace': {
    summary: 'Change the workspace',
    access: 'member',
    body: WorkspaceChange,
    answer: Workspace,
    ifMatch: true,
    refusals: ['accounts/slug-taken', 'http/version-mismatch', 'http/not-found'],
  },
  'PUT /workspace/logo': {
    summary: 'Upload the logo, in place of the one there is',
    description:
      'A PNG, JPEG or WebP picture of up to 2 MB, told by its content. The logo that it replaces can be brought back for a day: `PATCH /workspace` with its id.',
    access: 'member',
    upload: logoRule,
    answer: Workspace,
  },
  'DELETE /workspace/logo': {
    summary: 'Take the logo away; it can be brought back for a day',
    access: 'member',
    answer: Workspace,
  },
  'GET /workspace/slugs/{slug}': {
    summary: 'Whether a public address is free',
    access: 'member',
    params: z.strictObject({ slug: Slug }),
    answer: z.object({ slug: z.string(), available: z.boolean() }),
  },
  'GET /access-rules': {
    summary: 'What is asked of members who sign in, and how long sessions last',
    access: 'member',
    answer: AccessRules,
  },
  'PUT /access-rules': {
    summary: 'Ask for a second factor, and set how long sessions last',
    description:
      'Holds from the next request of each member on. A member without a second factor is answered `accounts/second-factor-required` until she has set one up. The strictest workspace of a person decides how long her sessions last.',
    access: 'member',
    body: AccessRulesBody,
    answer: AccessRules,
    ifMatch: true,
    refusals: ['accounts/reauthentication-required', 'accounts/second-factor-required', 'http/version-mismatch'],
  },
  'POST /workspace/closing': {
    summary: 'Close the workspace; it is deleted after 30 days unless reopened',
    access: 'member',
    answer: Workspace,
    refusals: ['accounts/reauthentication-required'],
  },
  'POST /workspace/deactivation': {
    summary: 'Deactivate the workspace: all ends as when it is closed, and its data are kept for three years',
    access: 'member',
    answer: Workspace,
    refusals: ['accounts/reauthentication-required'],
  },
  'DELETE /workspace/closing': {
    summary: 'Reopen the workspace that is being closed or was deactivated',
    access: 'member',
    answer: Workspace,
  },
  'POST /workspace/leaving': {
    summary: 'Leave the workspace',
    access: 'member',
    body: z.strictObject({ leave: z.literal(true) }),
    status: 204,
    answer: nothing,
    refusals: ['accounts/last-owner'],
  },
  'GET /members': { summary: 'Who works here', access: 'member', query: PageQuery, answer: pageOf(Member) },
  'PATCH /members/{memberId}': {
    summary: 'Change the role of a member',
    access: 'member',
    params: z.strictObject({ memberId: idOf('member') }),
    body: z.strictObject({ role: RoleName.optional(), expiresAt: Instant.nullable().optional() }),
    answer: Member,
    ifMatch: true,
    refusals: ['accounts/last-owner', 'accounts/role-too-high', 'http/version-mismatch'],
  },
  'DELETE /members/{memberId}': {
    summary: 'Remove a member',
    access: 'member',
    params: z.strictObject({ memberId: idOf('member') }),
    status: 204,
    answer: nothing,
    refusals: ['accounts/last-owner', 'accounts/role-too-high'],
  },
  'POST /members/{memberId}/deactivation': {
    summary: 'Deactivate a member: she is out at once and is mailed nothing, and nothing is deleted',
    access: 'member',
    params: z.strictObject({ memberId: idOf('member') }),
    answer: Member,
    refusals: ['accounts/last-owner', 'accounts/role-too-high', 'accounts/reauthentication-required'],
  },
  'DELETE /members/{memberId}/deactivation': {
    summary: 'Let a member in again whom the workspace deactivated',
    access: 'member',
    params: z.strictObject({ memberId: idOf('member') }),
    answer: Member,
    refusals: ['accounts/role-too-high', 'accounts/reauthentication-required', 'http/conflict'],
  },
  'POST /members/{memberId}/return': {
    summary: 'Let a member in again who deactivated her account herself, because she asked for it',
    description:
      'How she asked, when and what shows it is recorded, and she is written to. Her access to other workspaces rests on until she takes that back herself or asks there too.',
    access: 'member',
    params: z.strictObject({ memberId: idOf('member') }),
    body: MemberReturn,
    answer: Member,
    refusals: ['accounts/reauthentication-required', 'http/conflict'],
  },
  'GET /news-choice': {
    summary: 'Which mails one gets as a member',
    access: 'member',
    answer: z.object({ items: z.array(NewsItem) }),
  },
  'PATCH /news-choice': {
    summary: 'Settle which mails one gets as a member',
    access: 'member',
    body: NewsChoice,
    answer: z.object({ items: z.array(NewsItem) }),
  },
  'GET /invitations': { summary: 'Invitations, newest first', access: 'member', query: PageQuery, answer: pageOf(Invitation) },
  'POST /invitations': {
    summary: 'Invite somebody; the link is shown once and, with an address, also mailed',
    access: 'member',
    body: z.strictObject({
      email: EmailAddress.optional(),
      role: RoleName,
      days: z.int().min(1).max(30).default(7),
      memberUntil: Instant.optional(),
    }),
    status: 201,
    answer: z.object({ invitation: Invitation, link: z.string() }),
    refusals: ['accounts/role-too-high'],
  },
  'POST /invitations/{invitationId}/renew': {
    summary: 'Make a fresh link for an invitation and mail it again; the old link stops working',
    access: 'member',
    params: z.strictObject({ invitationId: idOf('invitation') }),
    answer: z.object({ invitation: Invitation, link: z.string() }),
    refusals: ['accounts/role-too-high', 'http/conflict'],
  },
  'DELETE /invitations/{invitationId}': {
    summary: 'Revoke an invitation',
    access: 'member',
    params: z.strictObject({ invitationId: idOf('invitation') }),
    status: 204,
    answer: nothing,
    refusals: ['http/conflict'],
  },
  'GET /scopes': { summary: 'What an API key can be allowed', access: 'member', answer: z.object({ items: z.array(Scope) }) },
  'GET /api-keys': { summary: 'API keys, newest first', access: 'member', query: PageQuery, answer: pageOf(ApiKey) },
  'POST /api-keys': {
    summary: 'Make an API key; it is shown once',
    description:
      'A key for a program of somebody outside names that recipient and a purpose: it is a hand-over in the account of disclosures, and is refused as soon as the contract with the recipient does not stand any more.',
    access: 'member',
    body: z.strictObject({
      name: Line(80),
      scopes: z.array(z.string().max(80)).min(1).max(200),
      test: z.boolean().default(false),
      expiresAt: Instant.optional(),
      /** Who outside uses it, and what for: its entry in the register has to cover all that the scopes show. Null: a program of the business itself. */
      recipient: z.strictObject({ processorId: z.uuid(), purpose: KeyPurpose }).nullable().default(null),
    }),
    status: 201,
    answer: z.object({ apiKey: ApiKey, key: z.string() }),
    refusals: ['accounts/reauthentication-required', 'accounts/role-too-high', 'privacy/recipient-stopped', 'http/not-found'],
  },
  'DELETE /api-keys/{apiKeyId}': {
    summary: 'Revoke an API key',
    access: 'member',
    params: z.strictObject({ apiKeyId: idOf('api_key') }),
    status: 204,
    answer: nothing,
  },
  'GET /operator-grants': {
    summary: 'Leave given to the operator of the server',
    access: 'member',
    query: PageQuery,
    answer: pageOf(OperatorGrant),
  },
  'POST /operator-grants': {
    summary: 'Let the operator of the server look inside for a while; the code is shown once',
    access: 'member',
    body: z.strictObject({
      reason: Line(300),
      access: z.enum(['read', 'change']).default('read'),
      hours: z.int().min(1).max(72).default(4),
    }),
    status: 201,
    answer: z.object({ grant: OperatorGrant, code: z.string() }),
    refusals: ['accounts/reauthentication-required'],
  },
  'DELETE /operator-grants/{grantId}': {
    summary: 'End a grant at once',
    access: 'member',
    params: z.strictObject({ grantId: z.uuid() }),
    status: 204,
    answer: nothing,
  },
  'GET /opening-hours': { summary: 'When the business is open', access: 'member', answer: OpeningHours },
  'PUT /opening-hours': {
    summary: 'Set when the business is open',
    access: 'member',
    body: OpeningHoursInput,
    answer: OpeningHours,
    ifMatch: true,
    refusals: ['http/version-mismatch'],
  },
})
