import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { Section } from '../../../ui/section.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { AuthenticatorSetup, type NewSecret } from './authenticator-setup.tsx'
import type { MethodProps } from './method-props.ts'
import { methodsQuery } from './queries.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { useAct } from './use-act.ts'
import { youWords } from './words.ts'

/** One-time codes from an app: turn them on, make recovery codes, turn them off. */
export function AuthenticatorSection({ methods, confirmed }: MethodProps) {
  const t = useWords(youWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const [secret, setSecret] = useState<NewSecret>()
  const [codes, setCodes] = useState<readonly string[]>()
  const [asking, setAsking] = useState(false)
  const { act, busy, said } = useAct()
  const refresh = () => queries.invalidateQueries(methodsQuery)

  const begin = () => act(async () => setSecret(await confirmed(() => call('POST /totp'))))
  const renew = () =>
    act(async () => {
      const { recoveryCodes } = await confirmed(() => call('POST /recovery-codes'))
      setCodes(recoveryCodes)
      await refresh()
    })
  const end = () => {
    setAsking(false)
    return act(async () => {
      await confirmed(() => call('DELETE /totp'))
      setCodes(undefined)
      await refresh()
      notices.show({ tone: 'ok', text: t('totpEnded') })
    })
  }
  return (
    <Section title={t('totpTitle')} intro={t('totpIntro')}>
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
      {secret ? (
        <AuthenticatorSetup
          secret={secret}
          onCancel={() => setSecret(undefined)}
          onDone={(recoveryCodes) => {
            setSecret(undefined)
            setCodes(recoveryCodes)
            void refresh()
          }}
        />
      ) : methods.totp ? (
        <TotpOn
          methods={methods}
          {...(codes ? { codes } : {})}
          busy={busy}
          onKept={() => setCodes(undefined)}
          onRenew={() => void renew()}
          onEnd={() => setAsking(true)}
        />
      ) : (
        <span>
          <Button icon="qr" busy={busy} onClick={() => void begin()}>
            {t('totpBegin')}
          </Button>
        </span>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('totpEndAsk')}
        description={t('totpEndText')}
        action={t('totpEnd')}
        onConfirm={() => void end()}
      />
    </Section>
  )
}

type TotpOnProps = Pick<MethodProps, 'methods'> & {
  readonly codes?: readonly string[]
  readonly busy: boolean
  readonly onKept: () => void
  readonly onRenew: () => void
  readonly onEnd: () => void
}

function TotpOn({ methods, codes, busy, onKept, onRenew, onEnd }: TotpOnProps) {
  const t = useWords(youWords)
  const formats = useFormats()
  const left = methods.recoveryCodesLeft
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone="ok" icon="check">
          {t('totpOn')}
        </Badge>
        {methods.totp && t('totpSince', { date: formats.date(methods.totp.since) })}
      </p>
      {codes ? (
        <RecoveryCodes codes={codes} onKept={onKept} />
      ) : (
        <>
          {left <= 2 ? (
            <Note tone="wait">{t('codesLeft', { count: left })}</Note>
          ) : (
            <p className="text-sm">{t('codesLeft', { count: left })}</p>
          )}
          <span className="flex flex-wrap gap-2">
            <Button icon="refresh" busy={busy} onClick={onRenew}>
              {t('codesRenew')}
            </Button>
            <Button onClick={onEnd}>{t('totpEnd')}</Button>
          </span>
        </>
      )}
    </>
  )
}
