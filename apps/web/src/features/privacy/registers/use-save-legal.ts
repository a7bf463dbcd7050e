import { useQueryClient } from '@tanstack/react-query'
import { useWords } from '../../../lib/i18n.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type LegalCase, legalRequestQuery } from './legal-queries.ts'
import { legalWords } from './legal-words.ts'

/** Shows a request as a change left it. */
export function useSaveLegal(legalRequestId: string): (changed: Promise<LegalCase>) => Promise<void> {
  const t = useWords(legalWords)
  const queries = useQueryClient()
  const notices = useNotices()
  return async (changed) => {
    queries.setQueryData(legalRequestQuery(legalRequestId).queryKey, await changed)
    notices.show({ tone: 'ok', text: t('saved') })
  }
}
