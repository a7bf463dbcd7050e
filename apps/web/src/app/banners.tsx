import { type ReactNode, useState } from 'react'
import { lookAgain, useConnection } from '../lib/connection.ts'
import { useFormats, useWords } from '../lib/i18n.tsx'
import { useWorkspace } from '../lib/session.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { IconName } from '../ui/icon.tsx'
import { useUpdate } from './install.ts'
import { useStatus } from './status.ts'
import { shellWords } from './words.ts'

/** Shown while the server does not answer. What is typed stays in drafts. */
export function OfflineBar() {
  const t = useWords(shellWords)
  if (useConnection() === 'up') return null
  return (
    <Banner
      icon="offline"
      action={
        <Button size="sm" onClick={() => void lookAgain()}>
          {t('tryNow')}
        </Button>
      }
    >
      <b>{t('offlineTitle')}</b> {t('offlineText')}
    </Banner>
  )
}

type Standing = {
  readonly key: string
  readonly icon: IconName
  readonly text: ReactNode
  readonly more?: { readonly title: string; readonly body: ReactNode }
}

/** What stands between this business and its customers, one line at a time, the gravest first. It stays until somebody changes it. */
export function StandingBanners() {
  const t = useWords(shellWords)
  const { closesAt, role, test } = useWorkspace()
  const status = useStatus()
  const formats = useFormats()
  const update = useUpdate()
  const [all, setAll] = useState(false)
  const [told, setTold] = useState<Standing>()

  const standing: Standing[] = []
  if (closesAt) standing.push({ key: 'closing', icon: 'alert', text: t('closing', { date: formats.date(closesAt) }) })
  if (status?.mail === 'outbox_only' && !test) {
    standing.push({
      key: 'mail',
      icon: 'mail',
      text: <Said title={t('mailTitle')} text={t('mailText')} />,
      more: { title: t('mailHowTitle'), body: <MailHow /> },
    })
  }
  if (status?.reachable === 'this_computer_only') {
    standing.push({
      key: 'address',
      icon: 'globe',
      text: <Said title={t('addressTitle')} text={t('addressText', { address: status.publicUrl })} />,
      more: { title: t('addressHowTitle'), body: <AddressHow /> },
    })
  }
  if (status && !status.keysCopyConfirmed && (role === 'owner' || role === 'admin')) {
    standing.push({
      key: 'keys',
      icon: 'key',
      text: <Said title={t('keysTitle')} text={t('keysText')} />,
      more: { title: t('keysHowTitle'), body: <KeysHow /> },
    })
  }
  // A demo has nobody to write to and nothing to lose.
  const shown = status?.demo ? [] : all ? standing : standing.slice(0, 1)
  return (
    <>
      {update && (
        <Banner
          tone="neutral"
          icon="refresh"
          action={
            <Button size="sm" onClick={update}>
              {t('reload')}
            </Button>
          }
        >
          {t('newVersion')}
        </Banner>
      )}
      {shown.map((one, index) => (
        <Banner
          key={one.key}
          icon={one.icon}
          action={
            <span className="flex gap-1">
              {index === 0 && standing.length > 1 && (
                <Button size="sm" variant="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
                  {all ? t('fewer') : t('moreBanners', { count: standing.length - 1 })}
                </Button>
              )}
              {one.more && (
                <Button size="sm" onClick={() => setTold(one)}>
                  {t('how')}
                </Button>
              )}
            </span>
          }
        >
          {one.text}
        </Banner>
      ))}
      <Dialog open={told !== undefined} onOpenChange={() => setTold(undefined)} title={told?.more?.title ?? ''} size="md">
        {told?.more?.body}
      </Dialog>
    </>
  )
}

function Said({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <>
      <b>{title}</b> <span className="phone:hidden">{text}</span>
    </>
  )
}

function MailHow() {
  const t = useWords(shellWords)
  return (
    <How
      steps={[t('mailHow1'), t('mailHow2')]}
      code={'SMTP_URL=smtps://user:password@mail.example.com\nMAIL_FROM="Harbor Dental <desk@example.com>"'}
      after={t('mailHow3')}
    />
  )
}

function AddressHow() {
  const t = useWords(shellWords)
  return <How steps={[t('addressHow1'), t('addressHow2')]} code="npm start -- --domain desk.example.com" after={t('addressHow3')} />
}

function KeysHow() {
  const t = useWords(shellWords)
  return <How steps={[t('keysHow1'), t('keysHow2')]} after={t('keysHow3')} />
}

function How({ steps, code, after }: { readonly steps: readonly string[]; readonly code?: string; readonly after: string }) {
  return (
    <div className="grid gap-3 text-sm">
      <ol className="grid list-decimal gap-2 ps-5 marker:text-ink-3">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {code && (
        <pre dir="ltr" className="scroll-calm overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs">
          {code}
        </pre>
      )}
      <p className="text-ink-2">{after}</p>
    </div>
  )
}
