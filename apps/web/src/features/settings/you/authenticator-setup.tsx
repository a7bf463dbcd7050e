import { lazy, Suspense, useEffect, useRef } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button, buttonLook } from '../../../ui/button.tsx'
import { CopyField } from '../../../ui/copy-field.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../words.ts'
import { youWords } from './words.ts'

const QrCode = lazy(() => import('../../../ui/qr-code.tsx').then((file) => ({ default: file.QrCode })))

/** What an authenticator app is given: as letters, and as an address that a QR code carries. */
export type NewSecret = { readonly secret: string; readonly uri: string }

/** What `AuthenticatorSetup` is given. */
export type AuthenticatorSetupProps = {
  readonly secret: NewSecret
  readonly onCancel: () => void
  readonly onDone: (recoveryCodes: readonly string[]) => void
}

/** Scan, then type the first code: only then are codes asked for. */
export function AuthenticatorSetup({ secret: { secret, uri }, onCancel, onDone }: AuthenticatorSetupProps) {
  const t = useWords(youWords)
  const shared = useWords(settingsWords)
  const form = useForm({
    start: { code: '' },
    check: ({ code }) => ({ code: isBlank(code) ? shared('needed') : undefined }),
    send: async ({ code }) => {
      const { recoveryCodes } = await call('POST /totp/confirm', { body: { code: code.replace(/\s/g, '') } })
      onDone(recoveryCodes)
    },
    beside: { 'accounts/wrong-code': 'code' },
  })
  const box = useRef<HTMLElement>(null)
  // To what comes first, not to the field below: on a phone that would scroll the QR code away.
  useEffect(() => box.current?.focus({ preventScroll: true }), [])
  return (
    <section ref={box} tabIndex={-1} aria-label={t('totpBegin')} className="grid gap-4 rounded-md outline-offset-4">
      <p className="max-w-[64ch] text-sm">{t('totpScan')}</p>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <Suspense fallback={<div className="size-52" />}>
          <QrCode value={uri} label={t('totpQr')} keep={false} />
        </Suspense>
        <div className="grid min-w-0 flex-1 basis-72 gap-4">
          <CopyField label={t('totpSecret')} value={secret} />
          <a href={uri} className={buttonLook({ size: 'sm' })}>
            <Icon name="external" className="text-ink-2" />
            {t('totpOpen')}
          </a>
        </div>
      </div>
      <Form form={form} label={t('totpTitle')}>
        <div className="grid max-w-104 gap-4">
          <TextField
            label={t('totpCode')}
            hint={t('totpCodeHint')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={12}
            {...form.field('code')}
          />
          <FormProblem />
          <span className="flex flex-wrap gap-2">
            <Button variant="solid" type="submit" busy={form.sending}>
              {t('totpConfirm')}
            </Button>
            <Button onClick={onCancel}>{shared('cancel')}</Button>
          </span>
        </div>
      </Form>
    </section>
  )
}
