import type { ReactNode } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { FormProblem } from '../../../ui/form.tsx'
import { settingsWords } from '../words.ts'

export type SaveBarProps = {
  readonly changed: boolean
  readonly sending: boolean
  /** What was typed came back from an earlier visit. */
  readonly restored: boolean
  readonly onDiscard: () => void
  /** What has to be looked at before it is saved again, in sight of the button. */
  readonly children?: ReactNode
}

/** Stands at the foot of a long form while there is something to save. */
export function SaveBar({ changed, sending, restored, onDiscard, children }: SaveBarProps) {
  const t = useWords(settingsWords)
  return (
    <div className="sticky bottom-0 grid gap-2 border-t border-line bg-surface p-4 *:max-w-168 empty:hidden">
      {children && <div className="scroll-calm max-h-[40dvh] overflow-auto">{children}</div>}
      <FormProblem />
      {changed && (
        <div className="flex flex-wrap items-center justify-end gap-2">
          <span className="min-w-32 flex-1 text-sm text-ink-2">{restored ? t('draftBack') : t('unsaved')}</span>
          <Button onClick={onDiscard}>{t('discard')}</Button>
          <Button variant="solid" type="submit" busy={sending}>
            {t('save')}
          </Button>
        </div>
      )}
    </div>
  )
}
