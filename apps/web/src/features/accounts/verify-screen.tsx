import { getRouteApi, Link } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { useArrive } from './arrive.ts'
import { isBlank } from './checks.ts'
import { Entrance } from './entrance.tsx'
import { accountsWords } from './words.ts'

const route = getRouteApi('/verify/$token')
type State = 'working' | 'confirmed' | 'password_needed' | { readonly failed: string }

/** Confirms a mail address with the link that was sent there. */
export function VerifyScreen() {
  const t = useWords(accountsWords)
  const explain = useExplain()
  const { token } = route.useParams()
  const arrive = useArrive()
  const [state, setState] = useState<State>('working')
  const asked = useRef(false)

  const confirm = useCallback(
    async (password?: string) => {
      const answer = await call('POST /email-verification', { body: { token, ...(password === undefined ? {} : { password }) } })
      if (answer.state === 'signed_in') arrive(answer.me)
      else setState(answer.state)
    },
    [token, arrive],
  )
  useEffect(() => {
    // Once: the link works one time.
    if (asked.current) return
    asked.current = true
    confirm().catch((error: unknown) => setState({ failed: explain(error).message }))
  }, [confirm, explain])

  return (
    <Entrance title={t('verify/title')}>
      {state === 'working' && <TextSkeleton lines={2} />}
      {state === 'confirmed' && (
        <>
          <Note tone="ok" role="status">
            {t('verify/done')}
          </Note>
          <Link to="/" className={buttonLook({ variant: 'solid', wide: true })}>
            {t('verify/go')}
          </Link>
        </>
      )}
      {state === 'password_needed' && <PasswordStep confirm={confirm} />}
      {typeof state === 'object' && (
        <>
          <Note tone="no" role="alert">
            {state.failed}
          </Note>
          <Link to="/sign-in" className={buttonLook({ wide: true })}>
            {t('signIn/do')}
          </Link>
        </>
      )}
    </Entrance>
  )
}

function PasswordStep({ confirm }: { readonly confirm: (password: string) => Promise<void> }) {
  const t = useWords(accountsWords)
  const form = useForm({
    start: { password: '' },
    check: ({ password }) => ({ password: isBlank(password) ? t('needed') : undefined }),
    beside: { 'accounts/wrong-credentials': 'password' },
    send: ({ password }) => confirm(password),
  })
  return (
    <Form form={form} label={t('verify/title')}>
      <p className="text-ink-2">{t('verify/password')}</p>
      <PasswordField label={t('password')} autoComplete="current-password" {...form.field('password')} />
      <FormProblem />
      <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
        {t('verify/do')}
      </Button>
    </Form>
  )
}
