import { z } from 'zod'
import {
  JoinBody,
  LinkToken,
  Me,
  Newcomer,
  NewcomerBody,
  NewOwner,
  PasskeyOptions,
  PasskeyResponse,
  PasswordInput,
  SignedIn,
  SignInResult,
  SignUpBody,
  SignUpPolicy,
} from './accounts-shapes.ts'
import { InvitationPage } from './accounts-workspace-shapes.ts'
import { routes } from './routes.ts'
import { EmailAddress, Locale } from './values.ts'

const byToken = z.strictObject({ token: LinkToken })
const nothing = z.undefined()
/** What is answered whether or not the address is known here. */
const checkYourMail = z.object({ state: z.literal('check_your_mail') })
const passkeyAnswer = z.strictObject({ challengeId: z.uuid(), response: PasskeyResponse })
const code = z.string().trim().min(6).max(40)

/** Getting in: for people who are nobody yet. */
export const arrivalRoutes = routes({
  'GET /setup/{token}': {
    summary: 'Whether a setup link can still be used',
    access: 'public',
    params: byToken,
    answer: z.object({ valid: z.boolean() }),
  },
  'POST /setup/{token}': {
    summary: 'Become the first owner, with a first workspace, and be signed in',
    access: 'public',
    params: byToken,
    body: NewOwner,
    status: 201,
    answer: SignedIn,
    refusals: ['accounts/setup-link-used', 'accounts/password-too-weak', 'accounts/email-taken', 'accounts/busy'],
  },
  'GET /sign-up': {
    summary: 'How people get an account on this server',
    description: 'The documents are named in the language of `locale`, or of the browser, with the hash of their text as it is served now.',
    access: 'public',
    query: z.strictObject({ locale: Locale.optional() }),
    answer: SignUpPolicy,
  },
  'POST /sign-up': {
    summary: 'Ask for an account; the mail says how to go on',
    access: 'public',
    body: SignUpBody,
    status: 202,
    answer: checkYourMail,
    refusals: [
      'accounts/sign-up-closed',
      'accounts/country-not-served',
      'accounts/too-young',
      'accounts/transfer-not-agreed',
      'accounts/documents-changed',
      'accounts/password-too-weak',
      'accounts/busy',
    ],
  },
  'GET /sign-up/elsewhere': {
    summary: 'Who came from another service and has no account yet',
    description: 'For ten minutes, and only in the browser that came back from there.',
    access: 'public',
    answer: Newcomer,
    refusals: ['accounts/link-invalid'],
  },
  'POST /sign-up/elsewhere': {
    summary: 'Make the account of who came from another service, and be signed in',
    description: 'Works once. Of whoever is refused nothing is kept.',
    access: 'public',
    body: NewcomerBody,
    status: 201,
    answer: SignedIn,
    refusals: [
      'accounts/link-invalid',
      'accounts/sign-up-closed',
      'accounts/country-not-served',
      'accounts/too-young',
      'accounts/transfer-not-agreed',
      'accounts/documents-changed',
      'accounts/email-taken',
    ],
  },
  'POST /email-verification': {
    summary: 'Confirm a mail address with the link that was sent there',
    description:
      'Opened in another browser than the one that signed up, the password is needed too: an address must not be confirmed for a stranger.',
    access: 'public',
    body: z.strictObject({ token: LinkToken, password: PasswordInput.optional() }),
    answer: z.discriminatedUnion('state', [
      z.object({ state: z.literal('signed_in'), me: Me }),
      z.object({ state: z.literal('confirmed') }),
      z.object({ state: z.literal('password_needed') }),
    ]),
    refusals: ['accounts/link-invalid', 'accounts/wrong-credentials', 'accounts/email-taken', 'accounts/busy'],
  },
  'POST /email-verification/resend': {
    summary: 'Send the confirmation mail again',
    access: 'public',
    body: z.strictObject({ email: EmailAddress }),
    status: 202,
    answer: checkYourMail,
  },
  'POST /sessions': {
    summary: 'Sign in with address and password',
    access: 'public',
    body: z.strictObject({ email: EmailAddress, password: PasswordInput }),
    answer: SignInResult,
    refusals: ['accounts/wrong-credentials', 'accounts/busy'],
  },
  'POST /sessions/second-factor': {
    summary: 'Finish signing in with a code',
    access: 'public',
    body: z.strictObject({ challenge: LinkToken, method: z.enum(['totp', 'recovery_code']), code }),
    answer: SignedIn,
    refusals: ['accounts/wrong-code'],
  },
  'POST /passkeys/sign-in/options': { summary: 'Begin to sign in with a passkey', access: 'public', answer: PasskeyOptions },
  'POST /passkeys/sign-in': {
    summary: 'Sign in with a passkey',
    access: 'public',
    body: passkeyAnswer,
    answer: SignedIn,
    refusals: ['accounts/wrong-credentials'],
  },
  'POST /password-reset': {
    summary: 'Ask for a mail that lets one choose a new password',
    access: 'public',
    body: z.strictObject({ email: EmailAddress }),
    status: 202,
    answer: checkYourMail,
  },
  'POST /password-reset/{token}': {
    summary: 'Choose a new password; ends every session',
    access: 'public',
    params: byToken,
    body: z.strictObject({ password: PasswordInput }),
    status: 204,
    answer: nothing,
    refusals: ['accounts/link-invalid', 'accounts/password-too-weak', 'accounts/busy'],
  },
  'GET /join/{token}': {
    summary: 'An invitation as the invited person sees it',
    access: 'public',
    params: byToken,
    answer: InvitationPage,
    refusals: ['accounts/link-invalid'],
  },
  'POST /join/{token}': {
    summary: 'Accept an invitation with a new account, and be signed in',
    access: 'public',
    params: byToken,
    body: JoinBody,
    status: 201,
    answer: SignedIn,
    refusals: [
      'accounts/link-invalid',
      'accounts/password-too-weak',
      'accounts/email-taken',
      'accounts/age-not-confirmed',
      'accounts/too-young',
      'accounts/transfer-not-agreed',
      'accounts/documents-changed',
      'accounts/busy',
    ],
  },
})
