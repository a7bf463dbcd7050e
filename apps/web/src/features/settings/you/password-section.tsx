import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useMe } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { PasswordField } from '../../../ui/password-field.tsx'
import { Section } from '../../../ui/section.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { lengthOf } from '../../accounts/checks.ts'
import { usePasswordLeast } from '../../accounts/sign-up-policy.ts'
import { settingsWords } from '../words.ts'
import type { MethodProps } from './method-props.ts'
import { methodsQuery, sessionsQuery } from './queries.ts'
import { youWords } from './words.ts'

/** The password: since when it holds, and another one. */
export function PasswordSection(props: MethodProps) {
  const t = useWords(youWords)
  const [open, setOpen] = useState(false)
  const { password } = props.methods
  return (
    <Section title={t('passwordTitle')} intro={t('passwordIntro')}>
      <p className="text-sm">
        {password ? (
          <>
            {t('passwordSince')} <Ago at={password.changedAt} />
          </>
        ) : (
          t('passwordNone')
        )}
      </p>
      {open ? (
        <PasswordForm {...props} onDone={() => setOpen(false)} />
      ) : (
        <span>
          <Button onClick={() => setOpen(true)}>{t(password ? 'passwordChange' : 'passwordSet')}</Button>
        </span>
      )}
    </Section>
  )
}

function PasswordForm({ methods, confirmed, onDone }: MethodProps & { readonly onDone: () => void }) {
  const t = useWords(youWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { user } = useMe()
  const least = usePasswordLeast()
  const has = methods.password !== null
  // With one-time codes the server takes a shorter one; it says by itself how short.
  const shortest = methods.totp ? 1 : least
  const form = useForm({
    start: { current: '', next: '' },
    check: ({ current, next }) => ({
      current: has && current === '' ? shared('needed') : undefined,
      next: next === '' ? shared('needed') : lengthOf(next) < shortest ? t('passwordShort', { count: shortest }) : undefined,
    }),
    send: async ({ current, next }) => {
      if (has) await call('POST /reauthentication', { body: { method: 'password', password: current } })
      await confirmed(() => call('PUT /me/password', { body: { password: next } }))
      void queries.invalidateQueries(methodsQuery)
      void queries.invalidateQueries(sessionsQuery)
      notices.show({ tone: 'ok', text: t('passwordSaved') })
      onDone()
    },
    beside: { 'accounts/wrong-credentials': 'current', 'accounts/password-too-weak': 'next' },
    onRefusal: ({ slug }) => slug === 'accounts/reauthentication-required',
  })
  return (
    <Form form={form} label={t('passwordChange')}>
      <div className="grid max-w-104 gap-4">
        {/* Tells the keeper of passwords whose it is. */}
        <input hidden readOnly autoComplete="username" value={user.email} />
        {has && <PasswordField label={t('passwordCurrent')} autoComplete="current-password" autoFocus {...form.field('current')} />}
        <PasswordField label={t('passwordNew')} hint={t('passwordHint')} autoComplete="new-password" {...form.field('next')} />
        <FormProblem />
        <span className="flex flex-wrap gap-2">
          <Button variant="solid" type="submit" busy={form.sending}>
            {t('passwordSave')}
          </Button>
          <Button onClick={onDone}>{shared('cancel')}</Button>
        </span>
      </div>
    </Form>
  )
}
