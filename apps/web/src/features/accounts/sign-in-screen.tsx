import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useArrive } from './arrive.ts'
import { isBlank, looksLikeEmail } from './checks.ts'
import { Entrance, linkLook, Or } from './entrance.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { useSignUpPolicy } from './sign-up-policy.ts'
import { useAcceptance } from './use-acceptance.ts'
import { WhatIsAccepted } from './what-is-accepted.tsx'
import { accountsWords } from './words.ts'

const SecondFactor = lazy(() => import('./second-factor.tsx').then((file) => ({ default: file.SecondFactor })))
const route = getRouteApi('/sign-in')

type Challenge = { readonly challenge: string; readonly methods: readonly ('totp' | 'recovery_code' | 'passkey')[] }

/** Sign in with a password, a passkey or another service, and with the second factor where there is one. */
export function SignInScreen() {
  const t = useWords(accountsWords)
  const { back, problem } = route.useSearch()
  const [challenge, setChallenge] = useState<Challenge>()
  const arrive = useArrive()
  const policy = useSignUpPolicy()
  const acceptance = useAcceptance()

  if (challenge) {
    return (
      <Entrance title={t('second/title')}>
        <Suspense>
          <SecondFactor {...challenge} onDone={(me) => arrive(me, back)} onOver={() => setChallenge(undefined)} />
        </Suspense>
      </Entrance>
    )
  }
  return (
    <Entrance
      title={t('signIn/title')}
      foot={
        policy?.policy === 'open' && (
          <p>
            {t('signIn/none')}{' '}
            <Link to="/sign-up" className={linkLook}>
              {t('signIn/create')}
            </Link>
          </p>
        )
      }
    >
      {problem && (
        <Note tone="no" role="alert">
          {t('signIn/providerFailed')}
        </Note>
      )}
      {back?.startsWith('/w/') && !problem && <Note>{t('signIn/back')}</Note>}
      <PasswordForm onChallenge={setChallenge} back={back} />
      <Or>{t('signIn/or')}</Or>
      <div className="grid gap-2">
        <PasskeyButton onDone={(me) => arrive(me, back)} />
        {policy?.providers.map((provider) => (
          <a
            key={provider}
            href={`/auth/${provider}${back ? `?back=${encodeURIComponent(back)}` : ''}`}
            className={buttonLook({ wide: true })}
          >
            {t(`signIn/${provider}`)}
          </a>
        ))}
        {policy?.policy === 'open' && policy.providers.length > 0 && <WhatIsAccepted acceptance={acceptance} />}
      </div>
    </Entrance>
  )
}

function PasswordForm({ back, onChallenge }: { readonly back: string | undefined; readonly onChallenge: (challenge: Challenge) => void }) {
  const t = useWords(accountsWords)
  const arrive = useArrive()
  const form = useForm({
    start: { email: '', password: '' },
    draft: 'sign-in',
    secret: ['password'],
    check: ({ email, password }) => ({
      email: looksLikeEmail(email) ? undefined : t('emailWrong'),
      password: isBlank(password) ? t('needed') : undefined,
    }),
    beside: { 'accounts/wrong-credentials': 'password' },
    send: async (body) => {
      const result = await call('POST /sessions', { body })
      if (result.state === 'second_factor') onChallenge(result)
      else arrive(result.me, back)
    },
  })
  return (
    <Form form={form} label={t('signIn/title')}>
      <TextField label={t('email')} type="email" autoComplete="username" autoCapitalize="off" spellCheck={false} {...form.field('email')} />
      <PasswordField
        label={t('password')}
        autoComplete="current-password"
        aside={
          <Link to="/forgot" className={linkLook}>
            {t('signIn/forgot')}
          </Link>
        }
        {...form.field('password')}
      />
      <FormProblem />
      <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
        {t('signIn/do')}
      </Button>
    </Form>
  )
}
