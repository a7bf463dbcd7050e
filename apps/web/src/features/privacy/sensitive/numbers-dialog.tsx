import { useWords } from '../../../lib/i18n.tsx'
import type { NumberFound, NumbersWish } from '../../../lib/numbers-in-text.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { sensitiveWords } from './words.ts'

export type NumbersDialogProps = { readonly found: readonly NumberFound[]; readonly onAnswer: (wish: NumbersWish) => void }

/** Points out a card or Social Security number before it is saved, once: mask it, keep it because it is none, or go back to the text. A card number is never kept. */
export function NumbersDialog({ found, onAnswer }: NumbersDialogProps) {
  const t = useWords(sensitiveWords)
  return (
    <Dialog
      open
      size="md"
      onOpenChange={(open) => !open && onAnswer(undefined)}
      title={t('numbersTitle')}
      description={t('numbersWhy')}
      footer={
        <>
          <Button onClick={() => onAnswer(undefined)}>{t('numbersBack')}</Button>
          {!found.some(({ kind }) => kind === 'card') && <Button onClick={() => onAnswer('as-typed')}>{t('numbersKeep')}</Button>}
          <Button variant="solid" onClick={() => onAnswer('mask')}>
            {t('numbersMask')}
          </Button>
        </>
      }
    >
      <ul className="grid gap-1 text-sm">
        {found.map(({ kind, shown }) => (
          <li key={`${kind} ${shown}`}>
            {t(`number/${kind}`)}: <bdi className="tabular-nums">{shown}</bdi>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
