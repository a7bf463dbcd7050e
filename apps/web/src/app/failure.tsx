import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { lookAgain, useConnection } from '../lib/connection.ts'
import { useWords } from '../lib/i18n.tsx'
import { newKey } from '../lib/keys.ts'
import { isNetworkLoss, useExplain } from '../lib/problems.ts'
import { Button, buttonLook } from '../ui/button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { shellWords } from './words.ts'

/** A whole screen with one thing to say. */
export function Message({
  icon,
  title,
  children,
  actions,
}: {
  readonly icon: IconName
  readonly title: string
  readonly children: ReactNode
  readonly actions?: ReactNode
}) {
  return (
    <div className="grid h-full min-h-[60dvh] place-items-center p-6">
      <title>{`${title} · Frontdesk`}</title>
      <div className="grid max-w-112 justify-items-center gap-3 text-center">
        <span className="grid size-12 place-items-center rounded-xl bg-fill text-ink-3">
          <Icon name={icon} size="lg" />
        </span>
        <h1 tabIndex={-1} className="text-xl">
          {title}
        </h1>
        <div className="grid gap-2 text-ink-2">{children}</div>
        {actions && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
      </div>
    </div>
  )
}

/** An address that leads nowhere. */
export function NotFound() {
  const t = useWords(shellWords)
  return (
    <Message
      icon="search"
      title={t('notFoundTitle')}
      actions={
        <Link to="/" className={buttonLook({ variant: 'solid' })}>
          {t('backHome')}
        </Link>
      }
    >
      <p>{t('notFoundText')}</p>
    </Message>
  )
}

/** What stands in the place of a screen that broke: what happened, what is kept, what to do, and what to quote. Drafts are in storage, so nothing typed is lost. */
export function Failure({ error, reset }: ErrorComponentProps) {
  const t = useWords(shellWords)
  const explain = useExplain()
  const router = useRouter()
  const [own] = useState(() => newKey().slice(0, 8))
  const explained = explain(error)
  const reference = explained.reference ?? own
  useEffect(() => console.error(`Reference ${own}:`, error), [own, error])

  const again = () => {
    reset()
    void router.invalidate()
  }
  if (isNetworkLoss(error)) return <Waiting again={again} />
  return (
    <Message
      icon="alert"
      title={explained.slug === 'app/unexpected' ? t('errorTitle') : explained.message}
      actions={
        <>
          <Button variant="solid" icon="refresh" onClick={again}>
            {t('again')}
          </Button>
          <Button onClick={() => location.reload()}>{t('reload')}</Button>
        </>
      }
    >
      <p>{t('errorText')}</p>
      <p className="figures text-sm text-ink-3">{t('errorReference', { reference })}</p>
    </Message>
  )
}

/** While a screen is on its way and takes longer than usual. */
export function Loading() {
  const t = useWords(shellWords)
  return (
    <div role="status" className="grid h-full min-h-[60dvh] place-items-center text-ink-3">
      <Spinner />
      <span className="sr-only">{t('loadingScreen')}</span>
    </div>
  )
}

/** The same where no shell stands around it: the message is the whole page. */
export function WholeNotFound() {
  return (
    <main id="main" className="min-h-dvh bg-surface">
      <NotFound />
    </main>
  )
}

/** The same where no shell stands around it: the message is the whole page. */
export function WholeFailure(props: ErrorComponentProps) {
  return (
    <main id="main" className="min-h-dvh bg-surface">
      <Failure {...props} />
    </main>
  )
}

/** Before anything could be loaded: goes on by itself as soon as the server answers. */
function Waiting({ again }: { readonly again: () => void }) {
  const t = useWords(shellWords)
  const up = useConnection() === 'up'
  useEffect(() => {
    if (up) again()
  }, [up, again])
  return (
    <Message icon="offline" title={t('offlineStartTitle')} actions={<Button onClick={() => void lookAgain()}>{t('tryNow')}</Button>}>
      <p>{t('offlineStartText')}</p>
    </Message>
  )
}
