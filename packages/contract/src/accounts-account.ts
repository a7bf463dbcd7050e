import { z } from 'zod'
import {
  AcceptBody,
  Agreement,
  LinkToken,
  Me,
  OwnRecord,
  Passkey,
  PasskeyOptions,
  PasskeyResponse,
  PasswordInput,
  Profile,
  Provider,
  Session,
  SignInMethods,
} from './accounts-shapes.ts'
import { NewWorkspace } from './accounts-workspace-shapes.ts'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { EmailAddress, Instant, Line, Locale, PhoneInput, Zone } from './values.ts'

const byToken = z.strictObject({ token: LinkToken })
const nothing = z.undefined()
/** What is answered whether or not the address is known here. */
const checkYourMail = z.object({ state: z.literal('check_your_mail') })
const passkeyAnswer = z.strictObject({ challengeId: z.uuid(), response: PasskeyResponse })
const code = z.string().trim().min(6).max(40)

/** One's own account, in no workspace. */
export const accountRoutes = routes({
  'GET /me': { summary: 'Who is signed in, and her workspaces', access: 'person', answer: Me },
  'PATCH /me': {
    summary: 'Correct the profile',
    access: 'person',
    body: z.strictObject({
      name: Line(120).optional(),
      phone: PhoneInput.nullable().optional(),
      company: Line(120).nullable().optional(),
      industry: Line(120).nullable().optional(),
      locale: Locale.nullable().optional(),
      zone: Zone.nullable().optional(),
    }),
    answer: Profile,
    ifMatch: true,
    refusals: ['http/version-mismatch'],
  },
  'POST /me/email': {
    summary: 'Change the mail address; the new one is sent a link',
    access: 'person',
    body: z.strictObject({ email: EmailAddress }),
    status: 202,
    answer: checkYourMail,
    refusals: ['accounts/reauthentication-required'],
  },
  'PUT /me/password': {
    summary: 'Choose a new password; ends the other sessions',
    access: 'person',
    body: z.strictObject({ password: PasswordInput }),
    status: 204,
    answer: nothing,
    refusals: ['accounts/reauthentication-required', 'accounts/password-too-weak', 'accounts/busy'],
  },
  'GET /me/export': {
    summary: 'Everything this server keeps about the account',
    access: 'person',
    answer: z.record(z.string(), z.unknown()),
  },
  'POST /me/closing': {
    summary: 'Close the account; it is deleted after 30 days unless reopened',
    access: 'person',
    answer: Profile,
    refusals: ['accounts/reauthentication-required', 'accounts/last-owner'],
  },
  'DELETE /me/closing': { summary: 'Keep the account after all', access: 'person', answer: Profile },
  'POST /me/deactivation': {
    summary: 'Deactivate the account: signed out everywhere, mailed nothing, deleted after a year at the earliest',
    access: 'person',
    answer: Profile,
    refusals: ['accounts/reauthentication-required', 'accounts/last-owner'],
  },
  'DELETE /me/deactivation': { summary: 'Reactivate the account', access: 'person', answer: Profile },
  'GET /me/agreements': {
    summary: 'What one accepted and agreed to with the account',
    access: 'person',
    answer: z.object({ items: z.array(Agreement) }),
  },
  'GET /me/records': {
    summary: 'What is recorded of one’s devices, places and use, why, and how long',
    access: 'person',
    answer: z.object({ items: z.array(OwnRecord) }),
  },
  'GET /sessions': { summary: 'Where one is signed in', access: 'person', answer: z.object({ items: z.array(Session) }) },
  'DELETE /sessions/current': { summary: 'Sign out', access: 'person', status: 204, answer: nothing },
  'DELETE /sessions/others': { summary: 'Sign out everywhere else', access: 'person', status: 204, answer: nothing },
  'DELETE /sessions/{sessionId}': {
    summary: 'Sign out in one place',
    access: 'person',
    params: z.strictObject({ sessionId: idOf('session') }),
    status: 204,
    answer: nothing,
  },
  'POST /reauthentication': {
    summary: 'Confirm that it is you, for 10 minutes of sensitive acts',
    access: 'person',
    body: z.discriminatedUnion('method', [
      z.strictObject({ method: z.literal('password'), password: PasswordInput }),
      z.strictObject({ method: z.literal('totp'), code }),
      z.strictObject({ method: z.literal('passkey'), ...passkeyAnswer.shape }),
    ]),
    answer: z.object({ authenticatedAt: Instant }),
    refusals: ['accounts/wrong-credentials', 'accounts/wrong-code', 'accounts/busy'],
  },
  'POST /reauthentication/passkey-options': {
    summary: 'Begin to confirm with a passkey that it is you',
    access: 'person',
    answer: PasskeyOptions,
  },
  'GET /sign-in-methods': { summary: 'Ways to sign in to the account', access: 'person', answer: SignInMethods },
  'POST /totp': {
    summary: 'Begin to use one-time codes',
    access: 'person',
    answer: z.object({ secret: z.string(), uri: z.string() }),
    refusals: ['accounts/reauthentication-required'],
  },
  'POST /totp/confirm': {
    summary: 'Turn one-time codes on; the recovery codes are shown once',
    access: 'person',
    body: z.strictObject({ code }),
    answer: z.object({ recoveryCodes: z.array(z.string()) }),
    refusals: ['accounts/wrong-code'],
  },
  'DELETE /totp': {
    summary: 'Turn one-time codes off',
    access: 'person',
    status: 204,
    answer: nothing,
    refusals: ['accounts/reauthentication-required'],
  },
  'POST /recovery-codes': {
    summary: 'Make new recovery codes; the old ones stop working',
    access: 'person',
    answer: z.object({ recoveryCodes: z.array(z.string()) }),
    refusals: ['accounts/reauthentication-required'],
  },
  'POST /passkeys/options': {
    summary: 'Begin to add a passkey',
    access: 'person',
    answer: PasskeyOptions,
    refusals: ['accounts/reauthentication-required'],
  },
  'POST /passkeys': {
    summary: 'Add a passkey',
    access: 'person',
    body: passkeyAnswer.extend({ name: Line(60) }),
    status: 201,
    answer: Passkey,
    refusals: ['accounts/wrong-credentials'],
  },
  'PATCH /passkeys/{passkeyId}': {
    summary: 'Name a passkey',
    access: 'person',
    params: z.strictObject({ passkeyId: z.uuid() }),
    body: z.strictObject({ name: Line(60) }),
    answer: Passkey,
  },
  'DELETE /passkeys/{passkeyId}': {
    summary: 'Remove a passkey',
    access: 'person',
    params: z.strictObject({ passkeyId: z.uuid() }),
    status: 204,
    answer: nothing,
    refusals: ['accounts/reauthentication-required'],
  },
  'DELETE /identities/{provider}': {
    summary: 'Stop signing in with another service',
    access: 'person',
    params: z.strictObject({ provider: Provider }),
    status: 204,
    answer: nothing,
    refusals: ['accounts/reauthentication-required'],
  },
  'POST /join/{token}/accept': {
    summary: 'Accept an invitation with the account that is signed in',
    access: 'person',
    params: byToken,
    body: AcceptBody,
    answer: Me,
    refusals: ['accounts/link-invalid', 'accounts/age-not-confirmed', 'accounts/too-young', 'accounts/transfer-not-agreed'],
  },
  'POST /workspaces': {
    summary: 'Make another workspace and own it',
    access: 'person',
    body: NewWorkspace,
    status: 201,
    answer: Me,
    refusals: ['accounts/sign-up-closed'],
  },
  'PUT /current-workspace': {
    summary: 'Remember which workspace is worked in',
    access: 'person',
    body: z.strictObject({ workspaceId: idOf('workspace') }),
    answer: Me,
  },
})
