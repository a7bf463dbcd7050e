import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Button } from '../../../ui/button.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import type { Contact } from '../../contacts/queries.ts'
import { consentWords } from './words.ts'

/** Notes that she called and reached nobody, or that she wants to be called: then she may be called back. */
export function NoteCall({ contact }: { readonly contact: Contact }) {
  const t = useWords(consentWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: ['contacts'] })
  const note = async (kind: 'missed_call' | 'callback') => {
    setBusy(true)
    try {
      const { id } = await call('POST /contacts/{contactId}/inquiries', { params: { contactId: contact.id }, body: { kind } })
      await refresh()
      notices.show({
        tone: 'ok',
        text: t('callNoted', { name: contact.name }),
        undo: async () => {
          await call('DELETE /contacts/{contactId}/inquiries/{inquiryId}', { params: { contactId: contact.id, inquiryId: id } })
          await refresh()
        },
      })
    } catch (error) {
      notices.show({ tone: 'no', text: t('callFailed', { reason: explain(error).message }) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button icon="phone" busy={busy} onClick={() => void note('missed_call')}>
        {t('called')}
      </Button>
      <Button icon="phone" busy={busy} onClick={() => void note('callback')}>
        {t('askedCall')}
      </Button>
    </>
  )
}
