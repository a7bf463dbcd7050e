import { z } from 'zod'
import { RoleName } from './accounts-shapes.ts'
import {
  ApiKey,
  Invitation,
  logoRule,
  Member,
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
  'POST /workspace/closing': {
    summary: 'Close the workspace; it is deleted after 30 days unless reopened',
    access: 'member',
    answer: Workspace,
    refusals: ['accounts/reauthentication-required'],
  },
  'DELETE /workspace/closing': { summary: 'Reopen the workspace', access: 'member', answer: Workspace },
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
    access: 'member',
    body: z.strictObject({
      name: Line(80),
      scopes: z.array(z.string().max(80)).min(1).max(200),
      test: z.boolean().default(false),
      expiresAt: Instant.optional(),
    }),
    status: 201,
    answer: z.object({ apiKey: ApiKey, key: z.string() }),
    refusals: ['accounts/reauthentication-required', 'accounts/role-too-high'],
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
