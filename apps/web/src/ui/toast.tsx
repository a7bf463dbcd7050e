import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { Icon, type IconName } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import { uiWords } from './words.ts'

/** How long a notice stands, and an act can be taken back. */
export const UNDO_MS = 8000

/** One notice: what happened, and how to take it back. */
export type Notice = {
  /** What happened, as a sentence. */
  readonly text: string
  readonly tone?: 'ok' | 'no' | 'neutral'
  /** Takes the act back. */
  readonly undo?: () => unknown
  /** Another thing one may want to do now. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

type Shown = Notice & { readonly id: number }
type Notices = { readonly show: (notice: Notice) => void; readonly undoLast: () => boolean }

const NoticeContext = createContext<Notices | undefined>(undefined)

/** `show({ text, undo })` puts a notice at the edge of the page for eight seconds; `undoLast()` is the key Z. */
export function useNotices(): Notices {
  const notices = useContext(NoticeContext)
  if (!notices) throw new Error('useNotices needs a NoticeProvider above it.')
  return notices
}

/** What `NoticeProvider` is given. */
export type NoticeProviderProps = {
  /** Says in words why an undo failed. */
  readonly explain: (error: unknown) => string
  readonly children: ReactNode
}

/** Holds the notices of the page. Screen readers hear them as they come; the region can be reached with the keyboard. */
export function NoticeProvider({ explain, children }: NoticeProviderProps) {
  const t = useWords(uiWords)
  const [shown, setShown] = useState<readonly Shown[]>([])
  const next = useRef(1)
  const current = useRef(shown)
  current.current = shown

  const close = useCallback((id: number) => setShown((all) => all.filter((one) => one.id !== id)), [])
  const show = useCallback((notice: Notice) => {
    const id = next.current
    next.current += 1
    // Three at most: more would cover the work.
    setShown((all) => [...all.slice(-2), { ...notice, id }])
  }, [])
  const undo = useCallback(
    async (notice: Shown) => {
      close(notice.id)
      try {
        await notice.undo?.()
        show({ text: t('undone') })
      } catch (error) {
        show({ tone: 'no', text: explain(error) })
      }
    },
    [close, show, explain, t],
  )
  const undoLast = useCallback(() => {
    const last = current.current.findLast((notice) => notice.undo)
    if (last) void undo(last)
    return last !== undefined
  }, [undo])
  const notices = useMemo(() => ({ show, undoLast }), [show, undoLast])

  return (
    <NoticeContext value={notices}>
      {children}
      <section
        aria-label={t('notices')}
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-[calc(env(safe-area-inset-bottom)+1rem)] z-55 grid justify-items-center gap-2 px-3 phone:bottom-[calc(env(safe-area-inset-bottom)+var(--bar)+0.75rem)]"
      >
        {shown.map((notice) => (
          <Toast key={notice.id} notice={notice} onClose={() => close(notice.id)} onUndo={() => void undo(notice)} />
        ))}
      </section>
    </NoticeContext>
  )
}

const marks: Readonly<Record<NonNullable<Notice['tone']>, { icon: IconName; ink: string } | undefined>> = {
  ok: { icon: 'check', ink: 'text-ok-ink' },
  no: { icon: 'alert', ink: 'text-no-ink' },
  neutral: undefined,
}

function Toast({ notice, onClose, onUndo }: { readonly notice: Shown; readonly onClose: () => void; readonly onUndo: () => void }) {
  const t = useWords(uiWords)
  const [held, setHeld] = useState(false)
  const left = useRef(UNDO_MS)
  const closeRef = useRef(onClose)
  closeRef.current = onClose

  // The time stands still while somebody points at the notice, is inside it with the keyboard, or looks at another tab.
  useEffect(() => {
    if (held) return
    const began = performance.now()
    const timer = setTimeout(() => closeRef.current(), left.current)
    return () => {
      clearTimeout(timer)
      left.current = Math.max(1000, left.current - (performance.now() - began))
    }
  }, [held])
  useEffect(() => {
    const look = () => setHeld(document.hidden)
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])

  const mark = marks[notice.tone ?? (notice.undo ? 'ok' : 'neutral')]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only holds the time
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto relative flex min-h-10 max-w-full animate-rise items-center gap-3 overflow-hidden rounded-md bg-raised py-1 ps-3 pe-1 text-sm shadow-float forced-colors:border"
    >
      {mark && <Icon name={mark.icon} className={mark.ink} />}
      <span className="min-w-0 py-1">{notice.text}</span>
      <span className="flex items-center gap-1">
        {notice.action && (
          <Button
            variant="quiet"
            size="sm"
            onClick={() => {
              onClose()
              notice.action?.run()
            }}
          >
            {notice.action.label}
          </Button>
        )}
        {notice.undo && (
          <Button variant="quiet" size="sm" icon="undo" keys="Z" onClick={onUndo}>
            {t('undo')}
          </Button>
        )}
        <IconButton name={t('dismiss')} icon="close" size="sm" tip="none" onClick={onClose} />
      </span>
      {notice.undo && (
        <span
          aria-hidden="true"
          style={{ animationDuration: `${UNDO_MS}ms`, animationPlayState: held ? 'paused' : 'running' }}
          className={cx('absolute inset-x-0 bottom-0 h-0.5 origin-left animate-countdown bg-solid rtl:origin-right motion-reduce:hidden')}
        />
      )}
    </div>
  )
}
