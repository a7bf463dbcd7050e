import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { Button, buttonLook } from './button.tsx'
import { cx } from './cx.ts'
import { inputLook } from './field.tsx'
import { Icon } from './icon.tsx'
import { uiWords } from './words.ts'

const QrCode = lazy(() => import('./qr-code.tsx').then((file) => ({ default: file.QrCode })))

/** What `CopyField` is given. */
export type CopyFieldProps = {
  readonly label: string
  readonly value: string
  /** A web address also gets "Open", a QR code, and "Share" where the device can. */
  readonly link?: boolean
  /** What is shared along with the address. */
  readonly shareTitle?: string
}

/** A text to take away: an address, a key. Copying is confirmed in place; where it is not allowed, the text is selected. */
export function CopyField({ label, value, link, shareTitle }: CopyFieldProps) {
  const t = useWords(uiWords)
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [state, setState] = useState<'rest' | 'copied' | 'refused'>('rest')
  const [qr, setQr] = useState(false)
  useEffect(() => {
    if (state !== 'copied') return
    const timer = setTimeout(() => setState('rest'), 2500)
    return () => clearTimeout(timer)
  }, [state])

  const copy = async () => {
    input.current?.select()
    setState((await copyText(value)) ? 'copied' : 'refused')
  }
  const canShare = link && typeof navigator.share === 'function'
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          ref={input}
          id={id}
          readOnly
          value={value}
          dir="ltr"
          onFocus={(event) => event.target.select()}
          className={cx(inputLook, 'w-auto flex-1 basis-56 bg-sunken')}
        />
        <div className="flex gap-2 phone:w-full phone:[&>*]:flex-1">
          <Button variant={link ? 'solid' : 'plain'} icon={state === 'copied' ? 'check' : 'copy'} onClick={() => void copy()}>
            {state === 'copied' ? t('copied') : t('copy')}
          </Button>
          {link && (
            <>
              <a
                href={value}
                target="_blank"
                rel="noopener noreferrer"
                aria-label={t('openInNewTab', { label: t('open') })}
                className={buttonLook()}
              >
                <Icon name="external" className="text-ink-2" />
                {t('open')}
              </a>
              <Button icon="qr" aria-label={t('qrCode')} aria-expanded={qr} onClick={() => setQr(!qr)}>
                <span>QR</span>
              </Button>
            </>
          )}
          {canShare && (
            <Button
              icon="share"
              aria-label={t('share')}
              onClick={() => void navigator.share({ url: value, ...(shareTitle ? { title: shareTitle } : {}) }).catch(() => {})}
            >
              <span className="phone:sr-only">{t('share')}</span>
            </Button>
          )}
        </div>
      </div>
      {qr && (
        <div className="animate-rise justify-self-start rounded-lg border border-line bg-surface p-4 phone:justify-self-center">
          <Suspense fallback={<div className="h-64 w-52" />}>
            <QrCode value={value} />
          </Suspense>
        </div>
      )}
      <p role="status" className="text-xs text-ink-3 empty:hidden">
        {state === 'refused' && t('copyByHand', { keys: /Mac|iP/.test(navigator.platform) ? '⌘C' : 'Ctrl+C' })}
      </p>
    </div>
  )
}

/** Copies a text. Browsers refuse on pages without encryption; then the caller selects it instead. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
