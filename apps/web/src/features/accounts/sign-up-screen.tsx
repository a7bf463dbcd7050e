import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { call } from '../../lib/api.ts'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { Form, FormProblem, type FormState, useForm } from '../../ui/form.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { AccountFields, type AccountValues, accountFaults, accountStart, newAccount } from './account-fields.tsx'
import {
  AdmissionFields,
  type AdmissionValues,
  admissionBeside,
  admissionFaults,
  admissionStart,
  transferSaid,
} from './admission-fields.tsx'
import { CheckYourMail } from './check-your-mail.tsx'
import { Entrance, linkLook } from './entrance.tsx'
import { type SignUpPolicy, usePasswordLeast, useSignUpPolicy } from './sign-up-policy.ts'
import { useAcceptance } from './use-acceptance.ts'
import { WhatIsAccepted } from './what-is-accepted.tsx'
import { accountsWords } from './words.ts'

const NewcomerStep = lazy(() => import('./newcomer-step.tsx').then((file) => ({ default: file.NewcomerStep })))
const route = getRouteApi('/sign-up')

/** An account on a server that is open to anybody; elsewhere the way in. */
export function SignUpScreen() {
  const t = useWords(accountsWords)
  const policy = useSignUpPolicy()
  const { elsewhere, back } = route.useSearch()
  const [sentTo, setSentTo] = useState<string>()
  if (elsewhere !== undefined) {
    return (
      <Suspense>
        <NewcomerStep elsewhere={elsewhere} back={back} policy={policy} />
      </Suspense>
    )
  }
  if (sentTo !== undefined) {
    return (
      <CheckYourMail
        text={t('mail/signUp', { email: sentTo })}
        resend={() => call('POST /email-verification/resend', { body: { email: sentTo } })}
        onOther={() => setSentTo(undefined)}
      />
    )
  }
  return (
    <Entrance
      title={t('signUp/title')}
      foot={
        // Where nobody can sign up, the way in is the one button.
        policy?.policy === 'open' && (
          <p>
            {t('signUp/have')}{' '}
            <Link to="/sign-in" className={linkLook}>
              {t('signIn/do')}
            </Link>
          </p>
        )
      }
    >
      {policy === undefined ? (
        <TextSkeleton lines={5} />
      ) : policy.policy === 'open' ? (
        <SignUpForm policy={policy} onSent={setSentTo} />
      ) : (
        <>
          <Note icon="info">{t(policy.policy === 'closed' ? 'signUp/closed' : 'signUp/invitation')}</Note>
          <Link to="/sign-in" className={buttonLook({ wide: true })}>
            {t('signIn/do')}
          </Link>
        </>
      )}
    </Entrance>
  )
}

type SignUpValues = AccountValues & AdmissionValues

function SignUpForm({ policy, onSent }: { readonly policy: SignUpPolicy; readonly onSent: (email: string) => void }) {
  const t = useWords(accountsWords)
  const least = usePasswordLeast()
  const { tag, zone, locale } = useReader()
  const acceptance = useAcceptance()
  const asks = { age: true, country: true, transfer: policy.transfer }
  const form: FormState<SignUpValues> = useForm<SignUpValues>({
    start: { ...accountStart, ...admissionStart },
    draft: 'sign-up',
    secret: ['password', 'age'],
    check: (values) => ({
      ...accountFaults(values, least, t),
      ...admissionFaults(values, asks, t),
    }),
    beside: { 'accounts/password-too-weak': 'password', ...admissionBeside },
    onRefusal: acceptance.takeUp,
    send: async (values) => {
      const said = { age: Number(values.age), country: values.country, ...transferSaid(asks, values, locale) }
      await call('POST /sign-up', { body: { ...newAccount(values, { locale: tag, zone }), ...said, ...acceptance.said } })
      onSent(values.email)
    },
  })
  return (
    <Form form={form} label={t('signUp/title')}>
      <AccountFields form={form} least={least} />
      <AdmissionFields form={form} asks={asks} countries={policy.countries} />
      <WhatIsAccepted acceptance={acceptance} />
      <FormProblem />
      <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
        {t('signUp/do')}
      </Button>
    </Form>
  )
}
