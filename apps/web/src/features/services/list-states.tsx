import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { servicesWords } from './words.ts'

/** A list that could not be loaded. */
export function ListFailed({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) {
  const t = useWords(servicesWords)
  const explain = useExplain()
  return (
    <div className="grid justify-items-start gap-3 p-2">
      <Note tone="no" role="alert">
        {t('listFailed', { reason: explain(error).message })}
      </Note>
      <Button onClick={onAgain}>{t('again')}</Button>
    </div>
  )
}
