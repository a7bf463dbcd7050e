import { useQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Note } from '../../../ui/banner.tsx'
import { rightsQuery } from './queries.ts'
import { rightsWords } from './words.ts'

/** Says at the head of her card that her data is only kept, or being erased. */
export function RestrictedNote({ contactId }: { readonly contactId: string }) {
  const t = useWords(rightsWords)
  const formats = useFormats()
  const { data } = useQuery({ ...rightsQuery(contactId), retry: false })
  if (data?.erasure) return <Note tone="wait">{t('beingErased')}</Note>
  if (!data?.restriction) return null
  return (
    <Note tone="wait">
      {t('isRestricted', { since: formats.weekdayDate(data.restriction.since), ground: t(`ground/${data.restriction.ground}`) })}{' '}
      {data.restriction.lifting && t(`lift/${data.restriction.lifting}`)}
    </Note>
  )
}
