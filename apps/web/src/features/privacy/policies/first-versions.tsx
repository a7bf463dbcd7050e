import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { type PolicyList, policiesQuery } from './queries.ts'
import { policiesWords } from './words.ts'

/** Leads whoever publishes to the first versions: to publish what has none, and to read what the software published before anybody looked. */
export function FirstVersions({ documents, mayPublish }: { readonly documents: PolicyList['documents']; readonly mayPublish: boolean }) {
  const t = useWords(policiesWords)
  const { role } = useWorkspace()
  const queries = useQueryClient()
  const unread = documents.flatMap(({ current }) => (current?.generated && current.readAt === null ? [current.id] : []))
  const missing = documents.some(({ current }) => current === null)
  const publish = useMutation({
    mutationFn: () => call('POST /policies/first-versions'),
    onSuccess: (list) => queries.setQueryData(policiesQuery.queryKey, list),
  })
  const read = useMutation({
    mutationFn: async () => {
      for (const versionId of unread) await call('POST /policy-versions/{versionId}/acknowledgement', { params: { versionId } })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: policiesQuery.queryKey }),
  })
  if (role !== 'owner' && role !== 'privacy_officer') return null
  if (missing && mayPublish) {
    return (
      <Step text={t('firstMissing')} error={publish.error}>
        <Button size="sm" busy={publish.isPending} onClick={() => publish.mutate()}>
          {t('firstPublish')}
        </Button>
      </Step>
    )
  }
  if (unread.length === 0) return null
  return (
    <Step text={t('firstUnread')} error={read.error}>
      <Button size="sm" busy={read.isPending} onClick={() => read.mutate()}>
        {t('firstRead')}
      </Button>
    </Step>
  )
}

function Step({ text, error, children }: { readonly text: string; readonly error: unknown; readonly children: ReactNode }) {
  const explain = useExplain()
  return (
    <>
      <Note tone="wait" icon="file">
        <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <span className="min-w-0 flex-1 basis-64">{text}</span>
          {children}
        </span>
      </Note>
      {error !== null && (
        <Note tone="no" role="alert">
          {explain(error).message}
        </Note>
      )}
    </>
  )
}
