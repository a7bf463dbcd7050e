import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { everyCountry } from '../../lib/countries.ts'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Form, FormProblem, type FormState, useForm } from '../../ui/form.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { AccountFields, type AccountValues, accountFaults, accountStart, newAccount } from './account-fields.tsx'
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
        <SignUpForm countries={policy.countries} onSent={setSentTo} />
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

type SignUpValues = AccountValues & { age: string; country: string }

function SignUpForm({ countries, onSent }: { readonly countries: readonly string[] | null; readonly onSent: (email: string) => void }) {
  const t = useWords(accountsWords)
  const least = usePasswordLeast()
  const { tag, zone } = useReader()
  const names = new Intl.DisplayNames([tag], { type: 'region' })
  const form: FormState<SignUpValues> = useForm<SignUpValues>({
    start: { ...accountStart, age: '', country: '' },
    draft: 'sign-up',
    secret: ['password', 'age'],
    check: (values) => ({
      ...accountFaults(values, least, t),
      age: /^\d{1,3}$/.test(values.age.trim()) && Number(values.age) <= 150 ? undefined : t('signUp/ageWrong'),
      country: values.country === '' ? t('signUp/countryWrong') : undefined,
    }),
    beside: { 'accounts/password-too-weak': 'password', 'accounts/country-not-served': 'country', 'accounts/too-young': 'age' },
    send: async (values) => {
      const { ageConfirmed: _, ...account } = newAccount(values, { locale: tag, zone })
      await call('POST /sign-up', { body: { ...account, age: Number(values.age), country: values.country } })
      onSent(values.email)
    },
  })
  return (
    <Form form={form} label={t('signUp/title')}>
      <AccountFields form={form} least={least} />
      <TextField
        label={t('signUp/howOld')}
        hint={t('signUp/howOldHint')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={3}
        {...form.field('age')}
      />
      <Combobox
        label={t('signUp/country')}
        hint={t('signUp/countryHint')}
        options={(countries ?? everyCountry).map((code) => ({ value: code, label: names.of(code) ?? code, words: [code] }))}
        {...form.field('country')}
      />
      <FormProblem />
      <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
        {t('signUp/do')}
      </Button>
    </Form>
  )
}
