import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import type { Me } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { isBlank } from './checks.ts'
import { Or } from './entrance.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { accountsWords } from './words.ts'

/** What `SecondFactor` is given. */
export type SecondFactorProps = {
  readonly challenge: string
  readonly methods: readonly ('totp' | 'recovery_code' | 'passkey')[]
  readonly onDone: (me: Me) => void
  /** Back to the password: the challenge is over after ten minutes. */
  readonly onOver: () => void
}

/** The step after the password. */
export function SecondFactor({ challenge, methods, onDone, onOver }: SecondFactorProps) {
  const t = useWords(accountsWords)
  const [method, setMethod] = useState<'totp' | 'recovery_code'>(methods.includes('totp') ? 'totp' : 'recovery_code')
  const other = method === 'totp' ? 'recovery_code' : 'totp'
  const typed = methods.some((one) => one !== 'passkey')
  return (
    <>
      {typed && <CodeForm key={method} method={method} challenge={challenge} onDone={onDone} />}
      {typed && methods.includes('passkey') && <Or>{t('signIn/or')}</Or>}
      <div className="grid gap-2">
        {methods.includes('passkey') && <PasskeyButton label={t('second/usePasskey')} onDone={onDone} />}
        {methods.includes(other) && (
          <Button variant="quiet" onClick={() => setMethod(other)}>
            {t(other === 'totp' ? 'second/useTotp' : 'second/useRecovery')}
          </Button>
        )}
        <Button variant="quiet" onClick={onOver}>
          {t('second/over')}
        </Button>
      </div>
    </>
  )
}

function CodeForm({
  method,
  challenge,
  onDone,
}: Pick<SecondFactorProps, 'challenge' | 'onDone'> & { readonly method: 'totp' | 'recovery_code' }) {
  const t = useWords(accountsWords)
  const totp = method === 'totp'
  const form = useForm({
    start: { code: '' },
    check: ({ code }) => ({ code: isBlank(code) ? t('needed') : undefined }),
    beside: { 'accounts/wrong-code': 'code' },
    send: async ({ code }) => {
      const { me } = await call('POST /sessions/second-factor', { body: { challenge, method, code: code.replace(/\s/g, '') } })
      onDone(me)
    },
  })
  return (
    <Form form={form} label={t('second/title')}>
      <TextField
        label={t(totp ? 'second/totp' : 'second/recovery')}
        hint={t(totp ? 'second/totpHint' : 'second/recoveryHint')}
        autoComplete="one-time-code"
        inputMode={totp ? 'numeric' : 'text'}
        autoCapitalize="off"
        spellCheck={false}
        maxLength={40}
        autoFocus
        {...form.field('code')}
      />
      <FormProblem />
      <Button variant="solid" size="lg" type="submit" wide busy={form.sending}>
        {t('second/do')}
      </Button>
    </Form>
  )
}
