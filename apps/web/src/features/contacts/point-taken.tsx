import { ApiProblem } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { intoSight } from '../../lib/into-sight.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { tiesWords } from './ties/words.ts'

/** Who has an address that was refused, as the server names her. */
export type TakenPoint = { readonly value: string; readonly contactId: string | undefined }

/** Reads a refusal; nothing for any other error. */
export function takenPoint(error: unknown): TakenPoint | undefined {
  if (!(error instanceof ApiProblem) || error.slug !== 'contacts/point-taken') return undefined
  const { value, contactId } = error.details
  return { value: typeof value === 'string' ? value : '', contactId: typeof contactId === 'string' ? contactId : undefined }
}

export type PointTakenProps = { readonly taken: TakenPoint; readonly onOpen: (contactId: string) => void; readonly onShare: () => void }

/** Another contact has this address: open that one, or let both have it. */
export function PointTaken({ taken, onOpen, onShare }: PointTakenProps) {
  const t = useWords(tiesWords)
  const { contactId } = taken
  return (
    <div ref={intoSight} tabIndex={-1} className="rounded-md">
      <Note tone="wait" role="alert">
        <p>{t('taken', { value: taken.value })}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          {contactId && (
            <Button size="sm" onClick={() => onOpen(contactId)}>
              {t('openOther')}
            </Button>
          )}
          <Button size="sm" onClick={onShare}>
            {t('shareIt')}
          </Button>
        </div>
      </Note>
    </div>
  )
}
