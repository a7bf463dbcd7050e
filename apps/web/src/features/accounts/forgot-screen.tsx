import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { CheckYourMail } from './check-your-mail.tsx'
import { lengthOf, looksLikeEmail } from './checks.ts'
import { Entrance, linkLook } from './entrance.tsx'
import { usePasswordLeast } from './sign-up-policy.ts'
import { accountsWords } from './words.ts'

/** Asks for the mail that lets one choose a new password. Says the same for addresses without an account. */
export function ForgotScreen() {
  const t = useWords(accountsWords)
  const [sentTo, setSentTo] = useState<string>()
  const ask = (email: string) => call('POST /password-reset', { body: { email } })
  const form = useForm({
    start: { email: '' },
    check: ({ email }) => ({ email: looksLikeEmail(email) ? undefined : t('emailWrong') }),
    send: async ({ email }) => {
      await ask(email)
      setSentTo(email)
    },
  })
  if (sentTo !== undefined) {
    return <CheckYourMail text={t('mail/reset', { email: sentTo })} resend={() => ask(sentTo)} onOther={() => setSentTo(undefined)} />
  }
  return (
    <Entrance
      title={t('forgot/title')}
      intro={t('forgot/intro')}
      foot={
        <Link to="/sign-in" className={linkLook}>
          {t('forgot/back')}
        </Link>
      }
    >
      <Form form={form} label={t('forgot/title')}>
        <TextField
          label={t('email')}
          type="email"
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          {...form.field('email')}
        />
        <FormProblem />
        <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
          {t('forgot/do')}
        </Button>
      </Form>
    </Entrance>
  )
}

const resetRoute = getRouteApi('/reset/$token')

/** Chooses the new password, with the link from the mail. */
export function ResetScreen() {
  const t = useWords(accountsWords)
  const { token } = resetRoute.useParams()
  const least = usePasswordLeast()
  const navigate = useNavigate()
  const notices = useNotices()
  const form = useForm({
    start: { password: '' },
    check: ({ password }) => ({ password: lengthOf(password) >= least ? undefined : t('passwordShort', { count: least }) }),
    beside: { 'accounts/password-too-weak': 'password' },
    send: async (body) => {
      await call('POST /password-reset/{token}', { params: { token }, body })
      notices.show({ tone: 'ok', text: t('reset/done') })
      await navigate({ to: '/sign-in' })
    },
  })
  return (
    <Entrance
      title={t('reset/title')}
      intro={t('reset/intro')}
      foot={
        <Link to="/forgot" className={linkLook}>
          {t('mail/again')}
        </Link>
      }
    >
      <Form form={form} label={t('reset/title')}>
        <PasswordField
          label={t('reset/new')}
          hint={t('passwordHint', { count: least })}
          autoComplete="new-password"
          {...form.field('password')}
        />
        <FormProblem />
        <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
          {t('reset/do')}
        </Button>
      </Form>
    </Entrance>
  )
}
