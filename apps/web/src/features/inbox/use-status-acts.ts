import { useQueryClient } from '@tanstack/react-query'
import { ApiProblem, call } from '../../lib/api.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useNotices } from '../../ui/toast.tsx'
import { type Conversation, conversationQuery } from './queries.ts'
import { type InboxTranslator, inboxWords } from './words.ts'

/** Where a conversation goes. */
export type StatusWish = Pick<Conversation, 'status'> & { readonly snoozedUntil?: string }

/** Changes the state of a conversation: shown at once, taken back with one key. */
export function useStatusActs(): (conversation: Conversation, to: StatusWish) => Promise<void> {
  const queries = useQueryClient()
  const notices = useNotices()
  const explain = useExplain()
  const formats = useFormats()
  const t = useWords(inboxWords)

  const send = async (conversation: Conversation, to: StatusWish) => {
    const { queryKey } = conversationQuery(conversation.id)
    queries.setQueryData(queryKey, { ...conversation, status: to.status, snoozedUntil: to.snoozedUntil ?? null })
    try {
      const answer = await call('PATCH /conversations/{conversationId}', {
        params: { conversationId: conversation.id },
        body: to,
        version: conversation.version,
      })
      queries.setQueryData(queryKey, answer)
      return answer
    } catch (error) {
      queries.setQueryData(queryKey, conversation)
      throw error
    } finally {
      void queries.invalidateQueries({ queryKey: ['conversations'] })
      void queries.invalidateQueries({ queryKey: ['contacts'] })
    }
  }
  return async (conversation, to) => {
    try {
      const changed = await send(conversation, to)
      const before: StatusWish = {
        status: conversation.status,
        ...(conversation.snoozedUntil ? { snoozedUntil: conversation.snoozedUntil } : {}),
      }
      notices.show({ text: said(t, to, formats.dateTime), undo: () => send(changed, before) })
    } catch (error) {
      const met = error instanceof ApiProblem && error.slug === 'http/version-mismatch'
      notices.show({ tone: 'no', text: met ? t('changedMeanwhile') : explain(error).message })
    }
  }
}

function said(t: InboxTranslator, { status, snoozedUntil }: StatusWish, write: (at: string) => string): string {
  switch (status) {
    case 'open':
      return t('reopened')
    case 'resolved':
      return t('resolved')
    case 'waiting':
      return t('waiting')
    case 'snoozed':
      return t('snoozed', { when: snoozedUntil ? write(snoozedUntil) : '' })
  }
}
