import type { accountsRoutes } from '@frontdesk/contract'
import { readerLocale } from '@frontdesk/i18n'
import { newToken, shortestAlone } from '../../platform/crypto/index.ts'
import { type Handlers, type OutsideKnock, publicLimit, type RequestFacts, readCookie, takeCookie } from '../../platform/http/index.ts'
import { acceptWithNewAccount, showInvitation } from './accept-invitation.ts'
import { acceptOpened, documentsToAccept } from './acceptance.ts'
import { admitToSignUp } from './admit-to-sign-up.ts'
import { requestPasswordReset, resetPassword } from './change-password.ts'
import { confirmEmail } from './confirm-email.ts'
import { arrivalOf, refuseOtherSites, relyingParty, welcome } from './door.ts'
import { guessLimit, linkLimit, mailLimit } from './limits.ts'
import { forgetNewcomer, readNewcomer } from './newcomer.ts'
import { askForPasskey, checkPasskey } from './passkeys.ts'
import type { Providers } from './provider-identity.ts'
import { requestAccount, requireOpenSignUp, resendConfirmation } from './request-account.ts'
import type { AccountServices } from './services.ts'
import { clearSignUpCookie, readSessionCookie, readSignUpCookie, setSignUpCookie } from './session-cookie.ts'
import { isSetupLinkValid, setUpServer } from './set-up-server.ts'
import { finishSignIn, letIn, signIn } from './sign-in.ts'
import { finishNewcomer } from './sign-in-with-provider.ts'
import { transferAsk } from './transfer-consent.ts'

type ArrivalRoutes = Pick<
  typeof accountsRoutes,
  | 'GET /setup/{token}'
  | 'POST /setup/{token}'
  | 'GET /sign-up'
  | 'POST /sign-up'
  | 'GET /sign-up/elsewhere'
  | 'POST /sign-up/elsewhere'
  | 'POST /email-verification'
  | 'POST /email-verification/resend'
  | 'POST /sessions'
  | 'POST /sessions/second-factor'
  | 'POST /passkeys/sign-in/options'
  | 'POST /passkeys/sign-in'
  | 'POST /password-reset'
  | 'POST /password-reset/{token}'
  | 'GET /join/{token}'
  | 'POST /join/{token}'
>

const checkYourMail = { state: 'check_your_mail' } as const
const localeOf = (request: RequestFacts) => readerLocale(request.languages).tag

/** The doors of people who are nobody yet. */
export function arrivalHandlers(services: AccountServices, providers: Providers): Handlers<ArrivalRoutes> {
  const { auth } = services
  const ours = ({ reply, request }: Pick<OutsideKnock, 'reply' | 'request'>) => refuseOtherSites(reply.request, request.origin)

  return {
    'GET /setup/{token}': {
      limit: linkLimit,
      run: async ({ params }) => ({ valid: await isSetupLinkValid(services, params.token) }),
    },
    'POST /setup/{token}': {
      limit: linkLimit,
      run: async (knock) => {
        ours(knock)
        return welcome(services, knock.reply, await setUpServer(services, knock.params.token, knock.body, arrivalOf(knock.request)))
      },
    },
    'GET /sign-up': {
      limit: publicLimit,
      run: async ({ query, request }) => ({
        policy: services.signUp,
        providers: (['google', 'facebook'] as const).filter((name) => providers[name] !== undefined),
        passwordLeast: shortestAlone,
        countries: services.signUpCountries === null ? null : [...services.signUpCountries],
        accepts: await documentsToAccept(services.documents, query.locale ?? localeOf(request)),
        transfer: transferAsk(services.transferTo),
      }),
    },
    'POST /sign-up': {
      limit: mailLimit,
      run: async (knock) => {
        ours(knock)
        requireOpenSignUp(services)
        const { age, country, transfer, ...account } = knock.body
        const admission = admitToSignUp(services, knock.reply, { age, country, transfer })
        const { token } = newToken()
        await requestAccount(services, { ...account, locale: account.locale ?? localeOf(knock.request), browserToken: token, ...admission })
        setSignUpCookie(knock.reply, token)
        return checkYourMail
      },
    },
    'GET /sign-up/elsewhere': {
      limit: linkLimit,
      run: async ({ reply }) => {
        const { provider, name, email } = await readNewcomer(services, readCookie(reply.request, 'elsewhere'))
        return { provider, name, email }
      },
    },
    'POST /sign-up/elsewhere': {
      limit: guessLimit,
      run: async (knock) => {
        ours(knock)
        const { body, reply, request } = knock
        const token = readCookie(reply.request, 'elsewhere') ?? ''
        await readNewcomer(services, token)
        // Asked before anything is used up: she may read what changed and go on.
        const documents = await acceptOpened(services.documents, body.accepts)
        takeCookie(reply, 'elsewhere')
        try {
          const said = { ...admitToSignUp(services, reply, body), documents, locale: body.locale ?? localeOf(request), zone: body.zone }
          return await welcome(services, reply, await finishNewcomer(services, token, said, arrivalOf(request)))
        } catch (refused) {
          // Whoever is refused leaves nothing behind.
          await forgetNewcomer(services, token)
          throw refused
        }
      },
    },
    'POST /email-verification': {
      limit: guessLimit,
      run: async (knock) => {
        ours(knock)
        const { reply } = knock
        const wish = { ...knock.body, browserToken: readSignUpCookie(reply.request), sessionToken: readSessionCookie(reply.request) }
        const result = await confirmEmail(services, wish, arrivalOf(knock.request))
        if (result.state !== 'signed_in') return result
        clearSignUpCookie(reply)
        return welcome(services, reply, result.session)
      },
    },
    'POST /email-verification/resend': {
      limit: mailLimit,
      run: async ({ body, request }) => {
        await resendConfirmation(services, body.email, localeOf(request))
        return checkYourMail
      },
    },
    'POST /sessions': {
      limit: guessLimit,
      run: async (knock) => {
        ours(knock)
        const result = await signIn(services, knock.body, arrivalOf(knock.request))
        if (result.state === 'signed_in') return welcome(services, knock.reply, result.session)
        return { ...result, methods: [...result.methods] }
      },
    },
    'POST /sessions/second-factor': {
      limit: guessLimit,
      run: async (knock) => {
        ours(knock)
        return welcome(services, knock.reply, await finishSignIn(services, knock.body, arrivalOf(knock.request)))
      },
    },
    'POST /passkeys/sign-in/options': {
      limit: publicLimit,
      run: ({ reply, request }) => askForPasskey(auth, relyingParty(reply.request, request.origin)),
    },
    'POST /passkeys/sign-in': {
      limit: guessLimit,
      run: async (knock) => {
        ours(knock)
        const { reply, request, body } = knock
        const userId = await checkPasskey(auth, relyingParty(reply.request, request.origin), body)
        return welcome(services, reply, await letIn(services, userId, 'passkey', arrivalOf(request)))
      },
    },
    'POST /password-reset': {
      limit: mailLimit,
      run: async ({ body, request }) => {
        await requestPasswordReset(services, body.email, localeOf(request))
        return checkYourMail
      },
    },
    'POST /password-reset/{token}': {
      limit: linkLimit,
      run: async ({ params, body }) => void (await resetPassword(services, params.token, body.password)),
    },
    'GET /join/{token}': { limit: linkLimit, run: ({ params }) => showInvitation(services, params.token) },
    'POST /join/{token}': {
      limit: linkLimit,
      run: async (knock) => {
        ours(knock)
        const wish = { ...knock.body, locale: knock.body.locale ?? localeOf(knock.request) }
        const session = await acceptWithNewAccount(services, knock.reply, knock.params.token, wish, arrivalOf(knock.request))
        return welcome(services, knock.reply, session)
      },
    },
  }
}
