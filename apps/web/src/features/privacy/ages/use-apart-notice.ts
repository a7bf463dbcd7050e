import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { useNotices } from '../../../ui/toast.tsx'
import { type Flag, refreshFlags } from './queries.ts'
import { agesWords } from './words.ts'

/** Who says that it was a mistake. */
export const mayRelease = (role: string): boolean => role === 'owner' || role === 'privacy_officer'

/** Says that somebody is kept apart now and until when; whoever may release her can take it back for a moment. */
export function useApartNotice({ contactId, name }: { readonly contactId: string; readonly name: string }) {
  const t = useWords(agesWords)
  const { role } = useWorkspace()
  const formats = useFormats()
  const notices = useNotices()
  const queries = useQueryClient()
  return async (reason: Flag['reason']) => {
    const flag = await refreshFlags(queries, contactId, reason)
    if (!flag) return
    const when = formats.dateTime(flag.dueAt)
    if (!mayRelease(role)) return notices.show({ text: t('apartElse', { name, when }) })
    notices.show({
      text: t('apart', { name, when }),
      undo: async () => {
        await call('POST /flagged-contacts/{flagId}/release', { params: { flagId: flag.id }, body: { because: t('slip') } })
        await refreshFlags(queries, contactId, reason)
      },
    })
  }
}
