import { type ReactNode, useEffect, useRef } from 'react'
import { OfflineBar } from '../../app/banners.tsx'
import { useWords } from '../../lib/i18n.tsx'
import { cx } from '../../ui/cx.ts'
import { EntranceHead } from '../accounts/entrance.tsx'
import { onboardingWords } from './words.ts'

const steps = ['service', 'hours', 'share'] as const

/** What `OnboardingPage` is given. */
export type OnboardingPageProps = {
  readonly step: (typeof steps)[number]
  readonly title: string
  readonly intro?: ReactNode
  readonly children: ReactNode
  readonly beside: ReactNode
}

/** One step of the first minutes, with the page that grows from it beside. */
export function OnboardingPage({ step, title, intro, children, beside }: OnboardingPageProps) {
  const t = useWords(onboardingWords)
  const here = steps.indexOf(step)
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef(step)
  useEffect(() => {
    // The address changes only in its search part, so the step moves the focus itself.
    if (before.current !== step) heading.current?.focus({ preventScroll: true })
    before.current = step
  }, [step])
  return (
    <div className="flex min-h-dvh bg-backdrop pt-[env(safe-area-inset-top)] phone:bg-surface">
      <div className="flex min-w-0 flex-1 flex-col">
        <OfflineBar />
        <EntranceHead />
        <main id="main" className="grid flex-1 content-center justify-items-center px-4 py-8 phone:content-start phone:pt-6">
          <title>{`${title} · Frontdesk`}</title>
          <div className="grid w-full max-w-104 gap-6">
            <ol aria-label={t('steps')} className="flex gap-1">
              {steps.map((one, index) => (
                <li
                  key={one}
                  aria-current={one === step ? 'step' : undefined}
                  className={cx(
                    'flex-1 rounded-xs border-t-3 pt-2 text-xs font-medium',
                    index < here && 'border-accent-line text-ink-2',
                    index === here && 'border-solid text-ink',
                    index > here && 'border-fill-2 text-ink-3',
                  )}
                >
                  {t(`step/${one}`)}
                </li>
              ))}
            </ol>
            <div className="grid gap-1">
              <h1 ref={heading} tabIndex={-1} className="text-xl">
                {title}
              </h1>
              {intro && <p className="text-ink-2">{intro}</p>}
            </div>
            {children}
          </div>
        </main>
      </div>
      <aside className="hidden flex-1 place-items-center overflow-hidden border-s border-line bg-surface two:grid">{beside}</aside>
    </div>
  )
}
