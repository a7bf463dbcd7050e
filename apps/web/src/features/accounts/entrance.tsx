import type { ReactNode } from 'react'
import { useLanguages } from '../../app/languages.ts'
import { shellWords } from '../../app/words.ts'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { onDemandMenu } from '../../ui/on-demand-menu.tsx'

const LanguageMenu = onDemandMenu(() => import('../../app/language-menu.tsx').then((file) => file.LanguageMenu))

/** What `Entrance` is given. */
export type EntranceProps = {
  readonly title: string
  readonly intro?: ReactNode
  readonly children: ReactNode
  /** Below the form: the other ways. */
  readonly foot?: ReactNode
  /** Beside it on a wide desk: what comes of it. */
  readonly beside?: ReactNode
}

/** The page before one is in: the mark, one thing to do, and the language. */
export function Entrance({ title, intro, children, foot, beside }: EntranceProps) {
  return (
    <div className="flex min-h-dvh bg-backdrop pt-[env(safe-area-inset-top)] phone:bg-surface">
      <div className="flex min-w-0 flex-1 flex-col">
        <EntranceHead />
        <main id="main" className="grid flex-1 content-center justify-items-center px-4 py-8 phone:content-start phone:pt-6">
          <title>{`${title} · Frontdesk`}</title>
          <div className="grid w-full max-w-96 gap-5">
            <div className="grid gap-1">
              <h1 tabIndex={-1} className="text-xl">
                {title}
              </h1>
              {intro && <p className="text-ink-2">{intro}</p>}
            </div>
            {children}
            {foot && <div className="grid gap-2 text-sm text-ink-2">{foot}</div>}
          </div>
        </main>
      </div>
      {beside && (
        <aside className="hidden flex-1 place-items-center overflow-hidden border-s border-line bg-surface two:grid">{beside}</aside>
      )}
    </div>
  )
}

/** The mark, and the language. */
export function EntranceHead() {
  const t = useWords(shellWords)
  const { locale } = useReader()
  const { choices } = useLanguages()
  const current = choices.find(({ value }) => value === locale)
  return (
    <header className="flex items-center gap-2 px-6 pt-5 phone:px-4 phone:pt-3">
      <img src="/icons/mark.svg" alt="" className="size-7" />
      <span className="flex-1 font-strong tracking-[-0.01em]">Frontdesk</span>
      <LanguageMenu
        trigger={
          <Button variant="quiet" icon="globe">
            <span className="sr-only">{t('language')}:</span>
            {current?.label}
          </Button>
        }
      />
    </header>
  )
}

/** A line with a word in the middle, between two ways to do the same. */
export function Or({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex items-center gap-3 text-xs text-ink-3 before:h-px before:flex-1 before:bg-line-strong after:h-px after:flex-1 after:bg-line-strong">
      {children}
    </div>
  )
}

/** The look of a link inside a sentence. */
export const linkLook = 'text-link underline decoration-current/40 underline-offset-3 hover:decoration-current'
