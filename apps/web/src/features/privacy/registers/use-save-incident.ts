import { useQueryClient } from '@tanstack/react-query'
import { useWords } from '../../../lib/i18n.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type IncidentCase, incidentQuery } from './incident-queries.ts'
import { incidentWords } from './incident-words.ts'

/** Shows an incident as a change left it. */
export function useSaveIncident(breachId: string): (changed: Promise<IncidentCase>) => Promise<void> {
  const t = useWords(incidentWords)
  const queries = useQueryClient()
  const notices = useNotices()
  return async (changed) => {
    queries.setQueryData(incidentQuery(breachId).queryKey, await changed)
    notices.show({ tone: 'ok', text: t('saved') })
  }
}
