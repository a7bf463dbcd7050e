import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { slugOf, useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { settingsWords } from './words.ts'

/** What waits until somebody has shown that it is her. */
type Pending = { readonly go: () => void; readonly giveUp: () => void }

export type Confirmation = {
  /** Does the work; where the server asks who is there first, the dialog opens and the work is done after it. Turning away throws the server's question. */
  readonly confirmed: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** To be drawn somewhere on the page. */
  readonly dialog: ReactNode
}

/** For acts that hand out access or destroy: asks for a proof of identity when the server wants one, and then goes on with the act. */
export function useConfirmation(): Confirmation {
  const [pending, setPending] = useState<Pending>()
  return {
    confirmed: async (work) => {
      try {
        return await work()
      } catch (error) {
        if (slugOf(error) !== 'accounts/reauthentication-required') throw error
        await new Promise<void>((go, refuse) => setPending({ go, giveUp: () => refuse(error) }))
        return await work()
      }
    },
    dialog: pending && (
      <ConfirmItIsYou
        onDone={() => {
          setPending(undefined)
          pending.go()
        }}
        onCancel={() => {
          setPending(undefined)
          pending.giveUp()
        }}
      />
    ),
  }
}

type ConfirmProps = {
  readonly onDone: () => void
  readonly onCancel: () => void
  /** A password is not enough: a code or a passkey. */
  readonly secondFactor?: boolean
}

/** Asks for the password, a one-time code or a passkey, whichever the account has. */
export function ConfirmItIsYou({ onDone, onCancel, secondFactor = false }: ConfirmProps) {
  const t = useWords(settingsWords)
  const explain = useExplain()
  const id = useId()
  const methods = useQuery({ queryKey: ['me', 'sign-in-methods'], queryFn: ({ signal }) => call('GET /sign-in-methods', { signal }) })
  const way = methods.data?.password && !secondFactor ? 'password' : methods.data?.totp ? 'totp' : undefined
  const form = useForm<{ secret: string }>({
    start: { secret: '' },
    check: ({ secret }) => ({ secret: secret.trim() === '' ? t('needed') : undefined }),
    send: async ({ secret }) => {
      if (way === 'totp') await call('POST /reauthentication', { body: { method: 'totp', code: secret } })
      else await call('POST /reauthentication', { body: { method: 'password', password: secret } })
      onDone()
    },
    beside: { 'accounts/wrong-credentials': 'secret', 'accounts/wrong-code': 'secret', 'http/invalid-request': 'secret' },
  })
  return (
    <Dialog
      open
      onOpenChange={onCancel}
      title={t('confirmTitle')}
      description={t('confirmIntro')}
      footer={
        <>
          <Button onClick={onCancel}>{t('cancel')}</Button>
          {way && (
            <Button variant="solid" type="submit" form={id} busy={form.sending}>
              {t('confirmDo')}
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-4">
        {methods.isPending && <TextSkeleton lines={2} />}
        {methods.isError && (
          <Note tone="no" role="alert">
            {explain(methods.error).message}
          </Note>
        )}
        {way && (
          <Form form={form} id={id} label={t('confirmTitle')}>
            {way === 'password' ? (
              <PasswordField label={t('confirmPassword')} autoComplete="current-password" autoFocus {...form.field('secret')} />
            ) : (
              <TextField label={t('confirmCode')} inputMode="numeric" autoComplete="one-time-code" autoFocus {...form.field('secret')} />
            )}
            <FormProblem />
          </Form>
        )}
        {methods.data && methods.data.passkeys.length > 0 && <WithPasskey onDone={onDone} />}
      </div>
    </Dialog>
  )
}

function WithPasskey({ onDone }: { readonly onDone: () => void }) {
  const t = useWords(settingsWords)
  const explain = useExplain()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string>()
  const press = async () => {
    setBusy(true)
    setSaid(undefined)
    try {
      const { confirmWithPasskey, passkeysWork } = await import('./confirm-with-passkey.ts')
      if (!passkeysWork()) return setSaid(t('confirmNoPasskey'))
      if (await confirmWithPasskey()) onDone()
      else setSaid(t('confirmCancelled'))
    } catch (error) {
      setSaid(explain(error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="grid gap-2">
      <Button icon="passkey" wide busy={busy} onClick={() => void press()}>
        {t('confirmPasskey')}
      </Button>
      {said && (
        <Note tone="wait" role="alert">
          {said}
        </Note>
      )}
    </div>
  )
}
