import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useNotices } from '../../ui/toast.tsx'
import type { Waiting } from './queries.ts'
import { waitlistWords } from './words.ts'

/** What is done with somebody who waits where she stands, each with its words and its way back. */
export type WaitlistActs = {
  readonly remove: (entry: Waiting) => Promise<void>
  readonly restore: (entry: Waiting) => Promise<void>
  /** `before` nobody: at the end. `back` is whom she stood before. */
  readonly move: (entry: Waiting, before: Waiting | undefined, back: Waiting | undefined) => Promise<void>
}

/** The acts on those who wait. */
export function useWaitlistActs(): WaitlistActs {
  const t = useWords(waitlistWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const reload = async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['scheduling'] }),
      queries.invalidateQueries({ queryKey: ['contacts', 'timeline'] }),
    ])
  }
  const doing = async (act: () => Promise<unknown>, text: string, undo: () => Promise<unknown>) => {
    try {
      await act()
      notices.show({
        text,
        undo: async () => {
          await undo()
          await reload()
        },
      })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      await reload()
    }
  }
  const params = ({ id }: Waiting) => ({ params: { entryId: id } })
  const put = (entry: Waiting, before: Waiting | undefined) =>
    call('POST /waitlist/{entryId}/move', { ...params(entry), body: { beforeId: before?.id ?? null } })
  const restore = (entry: Waiting) => call('POST /waitlist/{entryId}/restore', params(entry))
  return {
    remove: (entry) =>
      doing(
        () => call('DELETE /waitlist/{entryId}', { ...params(entry), version: entry.version }),
        t(entry.state === 'offered' ? 'removedFreed' : 'removed', { name: entry.contact.name }),
        () => restore(entry),
      ),
    restore: (entry) =>
      doing(
        () => restore(entry),
        t('restored', { name: entry.contact.name }),
        async () => {
          const { version } = await call('GET /waitlist/{entryId}', params(entry))
          await call('DELETE /waitlist/{entryId}', { ...params(entry), version })
        },
      ),
    move: (entry, before, back) =>
      doing(
        () => put(entry, before),
        t('moved', { name: entry.contact.name }),
        () => put(entry, back),
      ),
  }
}
