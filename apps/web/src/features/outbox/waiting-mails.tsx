import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useStatus } from '../../app/status.ts'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { outboxQuery } from './queries.ts'
import { outboxWords } from './words.ts'

const ConfirmDialog = lazy(() => import('../../ui/dialog.tsx').then((file) => ({ default: file.ConfirmDialog })))

/** What is true of mails that were written without a mail server: they wait; once there is one, a person decides. */
export function WaitingMails() {
  const t = useWords(outboxWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const status = useStatus()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const waiting = useInfiniteQuery({ ...outboxQuery('not_configured'), enabled: status?.mail === 'smtp' })
  const some = (waiting.data?.pages[0]?.items.length ?? 0) > 0
  const decide = async (choice: 'send' | 'drop') => {
    setBusy(true)
    try {
      const { mails } = await call('POST /outbox/waiting', { body: { choice } })
      notices.show({ tone: 'ok', text: t(choice === 'send' ? 'sentWaiting' : 'droppedWaiting', { count: mails }) })
      await queries.invalidateQueries({ queryKey: ['outbox'] })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      setBusy(false)
      setAsking(false)
    }
  }
  if (status?.mail === 'outbox_only') {
    return (
      <div className="px-3 pt-3">
        <Note tone="wait" icon="mail">
          {t('standing')}
        </Note>
      </div>
    )
  }
  if (!some) return null
  return (
    <div className="px-3 pt-3">
      <Note tone="wait" icon="mail">
        <p>{t('standingDone')}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="sm" icon="send" busy={busy} onClick={() => void decide('send')}>
            {t('sendWaiting')}
          </Button>
          <Button size="sm" onClick={() => setAsking(true)}>
            {t('dropWaiting')}
          </Button>
        </div>
      </Note>
      <Suspense>
        {asking && (
          <ConfirmDialog
            open
            onOpenChange={setAsking}
            title={t('dropTitle')}
            description={t('dropText')}
            action={t('dropAction')}
            busy={busy}
            onConfirm={() => void decide('drop')}
          />
        )}
      </Suspense>
    </div>
  )
}
