import type { accountsRoutes } from '@frontdesk/contract'
import { Refusal } from '../../platform/errors/index.ts'
import type { Handlers, PersonKnock } from '../../platform/http/index.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { changePassword } from './change-password.ts'
import { closeAccount, reopenAccount } from './close-account.ts'
import { correctProfile, requestEmailChange } from './correct-profile.ts'
import { addWorkspace, chooseWorkspace } from './current-workspace.ts'
import { deactivateAccount, reactivateAccount } from './deactivate-account.ts'
import { relyingParty } from './door.ts'
import { exportAccount } from './export-account.ts'
import { guessLimit, linkLimit, mailLimit } from './limits.ts'
import { listAgreements } from './list-agreements.ts'
import { listRecords } from './list-records.ts'
import { endOtherSessions, endSession, listSessions } from './list-sessions.ts'
import { beginOneTimeCodes, confirmOneTimeCodes, endOneTimeCodes } from './one-time-codes.ts'
import { addPasskey, askForPasskey, beginPasskey, presentPasskey, removePasskey, renamePasskey } from './passkeys.ts'
import { markSecondFactor, reauthenticate } from './reauthenticate.ts'
import { requireRecentProof } from './recent-proof.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import type { AccountServices } from './services.ts'
import { clearSessionCookie } from './session-cookie.ts'
import { loadUser, showMe } from './show-me.ts'
import { listSignInMethods } from './sign-in-methods.ts'
import { unlinkProvider } from './sign-in-with-provider.ts'

type AccountRoutes = Pick<
  typeof accountsRoutes,
  {
    [Name in keyof typeof accountsRoutes]: (typeof accountsRoutes)[Name]['access'] extends 'person' ? Name : never
  }[keyof typeof accountsRoutes]
>

function versionOf(header: string | readonly string[] | undefined): number {
  const match = /^(?:W\/)?"?(\d{1,15})"?$/.exec(typeof header === 'string' ? header : '')
  if (match) return Number(match[1])
  throw new Refusal('http/version-required', { detail: 'Send If-Match with the version you read, for instance If-Match: "3".' })
}

/** One's own account. */
export function accountHandlers(services: AccountServices): Handlers<AccountRoutes> {
  const { auth } = services
  const recent = ({ person, now }: Pick<PersonKnock, 'person' | 'now'>) => requireRecentProof(person.authenticatedAt, now)
  const party = ({ reply, request }: Pick<PersonKnock, 'reply' | 'request'>) => relyingParty(reply.request, request.origin)

  return {
    'GET /me': { run: ({ person }) => showMe(services, person) },
    'PATCH /me': {
      run: ({ person, body, request }) => correctProfile(services, person, { ...body, version: versionOf(request.headers['if-match']) }),
    },
    'POST /me/email': {
      limit: mailLimit,
      run: async ({ person, body }) => {
        await requestEmailChange(services, person, body.email)
        return { state: 'check_your_mail' }
      },
    },
    'PUT /me/password': {
      limit: guessLimit,
      run: ({ person, body }) => changePassword(services, person, body.password).then(() => undefined),
    },
    'GET /me/export': { run: ({ person }) => exportAccount(services, person) },
    'POST /me/closing': { run: ({ person }) => closeAccount(services, person) },
    'DELETE /me/closing': { run: ({ person }) => reopenAccount(services, person) },
    'POST /me/deactivation': {
      run: async ({ person, reply }) => {
        const profile = await deactivateAccount(services, person)
        clearSessionCookie(reply)
        return profile
      },
    },
    'DELETE /me/deactivation': { run: ({ person }) => reactivateAccount(services, person) },
    'GET /me/agreements': { run: async ({ person }) => ({ items: await listAgreements(services, person) }) },
    'GET /me/records': { run: async ({ person }) => ({ items: await listRecords(services, person) }) },
    'GET /sessions': { run: async ({ person }) => ({ items: await listSessions(services, person) }) },
    'DELETE /sessions/current': {
      run: async ({ person, reply }) => {
        await endSession(services, person, person.sessionId)
        clearSessionCookie(reply)
        return undefined
      },
    },
    'DELETE /sessions/others': { run: ({ person }) => endOtherSessions(services, person).then(() => undefined) },
    'DELETE /sessions/{sessionId}': { run: ({ person, params }) => endSession(services, person, params.sessionId).then(() => undefined) },
    'POST /reauthentication': {
      limit: guessLimit,
      run: async (knock) => ({ authenticatedAt: (await reauthenticate(services, knock.person, party(knock), knock.body)).toString() }),
    },
    'POST /reauthentication/passkey-options': { run: (knock) => askForPasskey(auth, party(knock), knock.person.userId) },
    'GET /sign-in-methods': { run: ({ person }) => listSignInMethods(services, person.userId) },
    'POST /totp': {
      run: async (knock) => {
        recent(knock)
        return beginOneTimeCodes(auth, await loadUser(services, knock.person.userId))
      },
    },
    'POST /totp/confirm': {
      limit: guessLimit,
      run: ({ person, body }) =>
        auth.transaction(async (tx) => {
          await confirmOneTimeCodes(tx, person.userId, body.code)
          await markSecondFactor(tx, person)
          return { recoveryCodes: [...(await makeRecoveryCodes(tx, person.userId))] }
        }),
    },
    'DELETE /totp': {
      run: async (knock) => {
        recent(knock)
        await auth.transaction((tx) => endOneTimeCodes(tx, knock.person.userId))
        return undefined
      },
    },
    'POST /recovery-codes': {
      run: async (knock) => {
        recent(knock)
        return auth.transaction(async (tx) => ({ recoveryCodes: [...(await makeRecoveryCodes(tx, knock.person.userId))] }))
      },
    },
    'POST /passkeys/options': {
      run: async (knock) => {
        recent(knock)
        return beginPasskey(auth, await loadUser(services, knock.person.userId), party(knock))
      },
    },
    'POST /passkeys': {
      limit: guessLimit,
      run: async (knock) => {
        const added = await addPasskey(auth, knock.person.userId, party(knock), knock.body)
        await auth.transaction((tx) => markSecondFactor(tx, knock.person))
        return presentPasskey(added)
      },
    },
    'PATCH /passkeys/{passkeyId}': {
      run: async ({ person, params, body }) => presentPasskey(await renamePasskey(auth, person.userId, params.passkeyId, body.name)),
    },
    'DELETE /passkeys/{passkeyId}': {
      run: async (knock) => {
        recent(knock)
        await removePasskey(auth, knock.person.userId, knock.params.passkeyId)
        return undefined
      },
    },
    'DELETE /identities/{provider}': {
      run: async (knock) => {
        recent(knock)
        await unlinkProvider(services, knock.person.userId, knock.params.provider)
        return undefined
      },
    },
    'POST /join/{token}/accept': {
      limit: linkLimit,
      run: async ({ person, params, body, reply }) => {
        await acceptInvitation(services, reply, person, params.token, body)
        return showMe(services, person)
      },
    },
    'POST /workspaces': {
      run: async ({ person, body }) => {
        await addWorkspace(services, person, body)
        return showMe(services, person)
      },
    },
    'PUT /current-workspace': {
      run: async ({ person, body }) => {
        await chooseWorkspace(services, person, body.workspaceId)
        return showMe(services, person)
      },
    },
  }
}
