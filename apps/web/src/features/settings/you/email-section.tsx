import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { looksLikeEmail } from '../../accounts/checks.ts'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { settingsWords } from '../words.ts'
import type { Profile } from './queries.ts'
import { useAct } from './use-act.ts'
import { youWords } from './words.ts'

/** The mail address one signs in with: whether it is confirmed, and another one. */
export function EmailSection({ user }: { readonly user: Profile }) {
  const t = useWords(youWords)
  const [open, setOpen] = useState(false)
  const [sentTo, setSentTo] = useState<string>()
  return (
    <Section title={t('emailTitle')} intro={t('emailIntro')}>
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <span className="wrap-anywhere" dir="ltr">
          {user.email}
        </span>
        {user.emailVerified ? (
          <Badge tone="ok" icon="check">
            {t('emailConfirmed')}
          </Badge>
        ) : (
          <Badge tone="wait" icon="clock">
            {t('emailOpen')}
          </Badge>
        )}
      </div>
      {!user.emailVerified && <Resend email={user.email} />}
      {sentTo && (
        <Note tone="wait" icon="mail" role="status">
          {t('emailSent', { email: sentTo, before: user.email })}
        </Note>
      )}
      {open ? (
        <EmailForm
          onDone={(email) => {
            setOpen(false)
            if (email) setSentTo(email)
          }}
        />
      ) : (
        <span>
          <Button onClick={() => setOpen(true)}>{t('emailChange')}</Button>
        </span>
      )}
    </Section>
  )
}

function Resend({ email }: { readonly email: string }) {
  const t = useWords(youWords)
  const { act, busy, said } = useAct()
  const [sent, setSent] = useState(false)
  const send = () =>
    act(async () => {
      await call('POST /email-verification/resend', { body: { email } })
      setSent(true)
    })
  return (
    <div className="grid justify-items-start gap-2">
      <Note tone="wait" role="status">
        {t(sent ? 'resendSent' : 'resendWhy', { email })}
      </Note>
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
      <Button busy={busy} onClick={() => void send()}>
        {t('resendDo')}
      </Button>
    </div>
  )
}

/** Gives the new address when its link was sent, nothing when it stays as it is. */
function EmailForm({ onDone }: { readonly onDone: (email?: string) => void }) {
  const t = useWords(youWords)
  const shared = useWords(settingsWords)
  const { confirmed, dialog } = useConfirmation()
  const form = useForm({
    start: { email: '' },
    check: ({ email }) => ({ email: looksLikeEmail(email) ? undefined : shared('emailWrong') }),
    send: async ({ email }) => {
      const body = { email: email.trim() }
      await confirmed(() => call('POST /me/email', { body }))
      onDone(body.email)
    },
    onRefusal: ({ slug }) => slug === 'accounts/reauthentication-required',
  })
  return (
    <>
      <Form form={form} label={t('emailChange')}>
        <div className="grid max-w-104 gap-4">
          <TextField
            label={t('emailNew')}
            type="email"
            autoComplete="email"
            autoCapitalize="off"
            spellCheck={false}
            autoFocus
            {...form.field('email')}
          />
          <FormProblem />
          <span className="flex flex-wrap gap-2">
            <Button variant="solid" type="submit" busy={form.sending}>
              {t('emailSend')}
            </Button>
            <Button onClick={() => onDone()}>{shared('cancel')}</Button>
          </span>
        </div>
      </Form>
      {dialog}
    </>
  )
}
