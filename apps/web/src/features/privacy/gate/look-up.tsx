import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import type { Contact } from '../../contacts/queries.ts'
import { numberLookupsQuery } from './queries.ts'
import { rulesWords } from './words.ts'

/** Has her numbers looked up where a service is connected; says so where none is. */
export function LookUp({ contactId, onAsked }: { readonly contactId: Contact['id']; readonly onAsked: () => void }) {
  const t = useWords(rulesWords)
  const { list } = useFormats()
  const explain = useExplain()
  const notices = useNotices()
  const lookups = useQuery(numberLookupsQuery).data?.lookups
  const ask = useMutation({
    mutationFn: () => call('POST /contacts/{contactId}/number-lookups', { params: { contactId } }),
    onSuccess: () => {
      notices.show({ tone: 'ok', text: t('lookUpAsked') })
      onAsked()
    },
  })
  if (lookups === undefined) return null
  if (lookups.length === 0) return <Note>{t('noLookup')}</Note>
  return (
    <div className="grid justify-items-start gap-2">
      <p className="text-sm text-ink-2">{t('lookedUpBy', { names: list(lookups.map(({ name }) => name)) })}</p>
      <Button icon="search" busy={ask.isPending} onClick={() => ask.mutate()}>
        {t('lookUp')}
      </Button>
      {ask.isError && (
        <Note tone="no" role="alert">
          {explain(ask.error).message}
        </Note>
      )}
    </div>
  )
}
