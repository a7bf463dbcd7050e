import type { TranslatorOf } from '../../lib/i18n.tsx'
import { useWords } from '../../lib/i18n.tsx'
import type { Faults, FormState } from '../../ui/form.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { isBlank, lengthOf, looksLikeEmail } from './checks.ts'
import { accountsWords } from './words.ts'

/** What a new account is asked for. */
export type AccountValues = {
  name: string
  email: string
  password: string
  phone: string
  company: string
  industry: string
}

/** An empty account. */
export const accountStart: AccountValues = { name: '', email: '', password: '', phone: '', company: '', industry: '' }

/** What is missing, as far as one can see from here. */
export function accountFaults(values: AccountValues, least: number, t: TranslatorOf<typeof accountsWords>): Faults<AccountValues> {
  return {
    name: isBlank(values.name) ? t('needed') : undefined,
    email: looksLikeEmail(values.email) ? undefined : t('emailWrong'),
    password: lengthOf(values.password) >= least ? undefined : t('passwordShort', { count: least }),
  }
}

/** The account as the API takes it: what was left empty is left out. */
export function newAccount(values: AccountValues, reader: { readonly locale: string; readonly zone: string }) {
  const { name, email, password, phone, company, industry } = values
  return {
    name,
    email,
    password,
    ...(isBlank(phone) ? {} : { phone }),
    ...(isBlank(company) ? {} : { company }),
    ...(isBlank(industry) ? {} : { industry }),
    ...reader,
  }
}

/** What `AccountFields` is given. */
export type AccountFieldsProps = {
  readonly form: Pick<FormState<AccountValues>, 'field'>
  readonly least: number
}

/** The fields of a new account; what is optional stands behind "More about you". */
export function AccountFields({ form, least }: AccountFieldsProps) {
  const t = useWords(accountsWords)
  return (
    <>
      <TextField label={t('name')} autoComplete="name" maxLength={120} {...form.field('name')} />
      <TextField label={t('email')} type="email" autoComplete="username" autoCapitalize="off" spellCheck={false} {...form.field('email')} />
      <PasswordField
        label={t('password')}
        hint={t('passwordHint', { count: least })}
        autoComplete="new-password"
        {...form.field('password')}
      />
      <details className="group">
        <summary className="text-sm text-ink-2 marker:text-ink-3">{t('signUp/more')}</summary>
        <div className="mt-3 grid gap-4">
          <TextField label={t('signUp/phone')} type="tel" autoComplete="tel" optional maxLength={32} {...form.field('phone')} />
          <TextField label={t('signUp/company')} autoComplete="organization" optional maxLength={120} {...form.field('company')} />
          <TextField label={t('signUp/industry')} optional maxLength={120} {...form.field('industry')} />
        </div>
      </details>
    </>
  )
}
