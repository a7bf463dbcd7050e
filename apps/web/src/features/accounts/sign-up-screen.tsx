import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { AccountFields, accountFaults, accountStart, newAccount } from './account-fields.tsx'
import { CheckYourMail } from './check-your-mail.tsx'
import { Entrance, linkLook } from './entrance.tsx'
import { usePasswordLeast, useSignUpPolicy } from './sign-up-policy.ts'
import { accountsWords } from './words.ts'

/** An account on a server that is open to anybody; elsewhere the way in. */
export function SignUpScreen() {
  const t = useWords(accountsWords)
  const policy = useSignUpPolicy()
  const [sentTo, setSentTo] = useState<string>()
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
        <p>
          {t('signUp/have')}{' '}
          <Link to="/sign-in" className={linkLook}>
            {t('signIn/do')}
          </Link>
        </p>
      }
    >
      {policy === undefined ? (
        <TextSkeleton lines={5} />
      ) : policy.policy === 'open' ? (
        <SignUpForm onSent={setSentTo} />
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

function SignUpForm({ onSent }: { readonly onSent: (email: string) => void }) {
  const t = useWords(accountsWords)
  const least = usePasswordLeast()
  const { tag, zone } = useReader()
  const form = useForm({
    start: accountStart,
    draft: 'sign-up',
    secret: ['password'],
    check: (values) => accountFaults(values, least, t),
    beside: { 'accounts/password-too-weak': 'password' },
    send: async (values) => {
      await call('POST /sign-up', { body: newAccount(values, { locale: tag, zone }) })
      onSent(values.email)
    },
  })
  return (
    <Form form={form} label={t('signUp/title')}>
      <AccountFields form={form} least={least} />
      <FormProblem />
      <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
        {t('signUp/do')}
      </Button>
    </Form>
  )
}
