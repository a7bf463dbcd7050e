import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useFormats, useReader, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { RestrictedNote } from '../erasure/restricted-note.tsx'
import { type Flag, flagsQuery } from './queries.ts'
import { mayRelease } from './use-apart-notice.ts'
import { agesWords } from './words.ts'

const ReleaseDialog = lazy(() => import('./release-dialog.tsx').then((file) => ({ default: file.ReleaseDialog })))

export type ApartNoteProps = {
  readonly contactId: string
  /** Opens what was learned of her age. */
  readonly onAge: (() => void) | undefined
}

/** Says at the head of her card why her data is kept apart and until when, that it is only kept, or that she is under age. */
export function ApartNote({ contactId, onAge }: ApartNoteProps) {
  const t = useWords(agesWords)
  const formats = useFormats()
  const { data } = useQuery({ ...flagsQuery(contactId), retry: false })
  const open = data?.open ?? []
  const agreedAt = data?.guardian?.agreedAt
  return (
    <>
      {open.length === 0 ? (
        <RestrictedNote contactId={contactId} />
      ) : (
        open.map((flag) => <OpenFlag key={flag.id} flag={flag} asked={data?.guardian != null && !agreedAt} />)
      )}
      {data?.underAge && (
        <Note icon="flag">
          <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <span>
              {agreedAt ? t('agreed', { limit: data.ageLimit, when: formats.date(agreedAt) }) : t('underAge', { limit: data.ageLimit })}
            </span>
            {onAge && (
              <Button size="sm" onClick={onAge}>
                {t('change')}
              </Button>
            )}
          </span>
        </Note>
      )}
    </>
  )
}

function OpenFlag({ flag, asked }: { readonly flag: Flag; readonly asked: boolean }) {
  const t = useWords(agesWords)
  const formats = useFormats()
  const { tag } = useReader()
  const { role } = useWorkspace()
  const [releasing, setReleasing] = useState(false)
  const when = { since: formats.date(flag.flaggedAt), due: formats.dateTime(flag.dueAt) }
  const country = flag.country === null ? '' : (new Intl.DisplayNames([tag], { type: 'region' }).of(flag.country) ?? flag.country)
  return (
    <Note tone="wait" icon="flag">
      <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-64">
          {flag.reason === 'place' ? t('apartPlace', { ...when, country }) : t(asked ? 'apartAsked' : 'apartChild', when)}{' '}
          {!mayRelease(role) && t('whoReleases')}
        </span>
        {mayRelease(role) && (
          <Button size="sm" onClick={() => setReleasing(true)}>
            {t('release')}
          </Button>
        )}
      </span>
      <Suspense>{releasing && <ReleaseDialog flag={flag} onClose={() => setReleasing(false)} />}</Suspense>
    </Note>
  )
}
