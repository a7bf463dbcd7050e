import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type ListExport, listExportsQuery } from './queries.ts'
import { exportWords } from './words.ts'

const endings = { csv: 'csv', xlsx: 'xlsx', vcard3: 'vcf', vcard4: 'vcf', json: 'json' } as const
const tones = { waiting: 'neutral', running: 'neutral', ready: 'ok', failed: 'no', cancelled: 'neutral' } as const

/** One file: how far it is, and taking, stopping or removing it. */
export function ExportRow({ one }: { readonly one: ListExport }) {
  const t = useWords(exportWords)
  const formats = useFormats()
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const params = { listExportId: one.id }
  const isOpen = one.state === 'waiting' || one.state === 'running'
  const act = async (work: () => Promise<unknown>, done?: string) => {
    setBusy(true)
    try {
      await work()
      if (done) notices.show({ text: done })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
    setBusy(false)
    void queries.invalidateQueries({ queryKey: listExportsQuery.queryKey })
  }
  const take = () =>
    act(async () => {
      const content = await call('GET /list-exports/{listExportId}/file', { params })
      saveFile(`contacts-${one.createdAt.slice(0, 10)}.${endings[one.format]}`, content)
    })
  const end = () => act(() => call('POST /list-exports/{listExportId}/cancel', { params }), isOpen ? t('stopped') : t('removed'))
  const when = formats.dateTime(one.createdAt)
  return (
    <li className="grid gap-2 py-3 text-sm">
      <div className="flex items-center gap-2">
        <span className="grid min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{t(`short/${one.format}`)}</span>
            <Badge tone={tones[one.state]}>{one.state === 'ready' && one.fileUntil === null ? t('gone') : t(`state/${one.state}`)}</Badge>
          </span>
          <span className="text-xs text-ink-3">
            {when}
            {one.state === 'ready' && <> · {t('people', { count: one.done })}</>}
            {one.fileUntil && <> · {t('until', { date: formats.date(one.fileUntil) })}</>}
          </span>
        </span>
        {one.fileUntil && (
          <>
            <Button size="sm" icon="download" busy={busy} aria-label={t('takeOf', { when })} onClick={() => void take()}>
              {t('take')}
            </Button>
            <IconButton name={t('remove')} icon="trash" size="sm" onClick={() => void end()} />
          </>
        )}
        {isOpen && (
          <Button size="sm" busy={busy} onClick={() => void end()}>
            {t('stop')}
          </Button>
        )}
      </div>
      {isOpen && (
        <Progress label={t('state/running')} done={one.done} {...(one.total === null ? {} : { total: one.total })} note={t('leave')} />
      )}
    </li>
  )
}
