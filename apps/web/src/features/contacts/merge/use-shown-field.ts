import { useQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { fieldsQuery } from '../fields/queries.ts'
import { useShownValue } from '../fields/use-shown-value.ts'
import { fieldsWords, hasFieldsWord } from '../fields/words.ts'
import { membersQuery } from '../queries.ts'
import { duplicatesWords } from './words.ts'

/** What a field is called, and how its values are said in one line; null is nothing. */
export function useShownField(): {
  readonly labelOf: (field: string) => string
  readonly shown: (field: string, value: unknown) => string
} {
  const t = useWords(duplicatesWords)
  const words = useWords(fieldsWords)
  const formats = useFormats()
  const own = useQuery(fieldsQuery).data?.items ?? []
  const members = useQuery(membersQuery).data?.items ?? []
  const shownOwn = useShownValue()
  const ownField = (field: string) => own.find(({ key }) => field === `own.${key}`)
  return {
    labelOf: (field) => {
      const key = `field/${field}`
      return ownField(field)?.label ?? (hasFieldsWord(key) ? words(key as 'field/name') : words('field/other'))
    },
    shown: (field, value) => {
      if (value === null || value === undefined || value === '') return t('nothing')
      const found = ownField(field)
      if (found) return shownOwn(found, value)
      if (field === 'ownerMemberId') return members.find(({ id }) => id === value)?.name ?? words('somebody')
      return Array.isArray(value) ? formats.list(value.map(String)) : String(value)
    },
  }
}
