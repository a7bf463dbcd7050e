import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { contactsWords } from './words.ts'

/** A part of a page that could not be loaded; the rest stays. */
export function PartFailed({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) {
  const t = useWords(contactsWords)
  const explain = useExplain()
  return (
    <div className="grid justify-items-start gap-3 py-4">
      <Note tone="no" role="alert">
        {t('partFailed', { reason: explain(error).message })}
      </Note>
      <Button onClick={onAgain}>{t('again')}</Button>
    </div>
  )
}
