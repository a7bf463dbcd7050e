import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { type ContactRights, rightsQuery } from './queries.ts'
import { rightsWords } from './words.ts'

export type RightsDialogProps = { readonly contactId: string; readonly name: string; readonly onClose: () => void }

/** Makes a copy of everything that is kept about her, and downloads it. */
export function ExportDialog({ contactId, name, onClose }: RightsDialogProps) {
  const t = useWords(rightsWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const rights = useQuery(rightsQuery(contactId))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const act = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      setProblem(explain(error).message)
    } finally {
      setBusy(false)
    }
  }
  const make = () =>
    act(async () => {
      await call('POST /contacts/{contactId}/exports', { params: { contactId }, body: { reason: 'access' } })
      await queries.invalidateQueries({ queryKey: rightsQuery(contactId).queryKey })
    })
  const download = (exportId: string) =>
    act(async () => {
      const { path } = await call('POST /contact-exports/{exportId}/link', { params: { exportId } })
      location.assign(path)
    })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('exportTitle', { name })}
      description={t('exportText')}
      footer={
        <>
          <Button onClick={onClose}>{t('close')}</Button>
          <Button variant="solid" icon="download" busy={busy} onClick={() => void make()}>
            {t('makeCopy')}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {problem && (
          <Note tone="no" role="alert">
            {problem}
          </Note>
        )}
        {rights.data ? (
          <ul className="grid gap-3">
            {rights.data.exports.map((copy) => (
              <li key={copy.id}>
                <Copy copy={copy} onDownload={() => void download(copy.id)} />
              </li>
            ))}
          </ul>
        ) : (
          <TextSkeleton lines={2} />
        )}
      </div>
    </Dialog>
  )
}

function Copy({ copy, onDownload }: { readonly copy: ContactRights['exports'][number]; readonly onDownload: () => void }) {
  const t = useWords(rightsWords)
  const formats = useFormats()
  if (copy.state === 'failed') return <Note tone="no">{t('copyFailed')}</Note>
  if (copy.state !== 'ready') return <Progress label={t('copyMaking')} done={copy.progress} total={100} />
  if (copy.expiresAt === null) return <p className="text-sm text-ink-3">{t('copyGone', { when: formats.dateTime(copy.requestedAt) })}</p>
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span className="min-w-0 flex-1">
        {t('copyReady', { when: formats.dateTime(copy.requestedAt) })}
        <span className="block text-xs text-ink-3">{t('copyUntil', { when: formats.weekdayDate(copy.expiresAt) })}</span>
      </span>
      <Button size="sm" icon="download" onClick={onDownload}>
        {t('download')}
      </Button>
    </div>
  )
}
