import { useQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { membersQuery } from '../queries.ts'
import { shownValue } from './own-value.ts'
import type { OwnField } from './queries.ts'
import { fieldsWords } from './words.ts'

/** Says the value of an own field in one line, in the reader's language. */
export function useShownValue(): (field: Pick<OwnField, 'type' | 'choices'>, value: unknown) => string {
  const t = useWords(fieldsWords)
  const formats = useFormats()
  const members = useQuery(membersQuery).data?.items ?? []
  const words = { yes: t('yes'), no: t('no'), somebody: t('somebody'), nothing: t('nothing') }
  return (field, value) => shownValue(field, value, { formats, words, members })
}
