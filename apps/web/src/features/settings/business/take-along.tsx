import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { writtenSize } from '../../../lib/written-size.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { legalWords } from '../../privacy/registers/legal-words.ts'
import { recipientsQuery } from '../../privacy/registers/queries.ts'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { type WorkspaceExport, workspaceExportsQuery } from './queries.ts'
import { businessWords } from './words.ts'

const purposes = ['service', 'advice', 'accounting', 'legal_claim'] as const

/** Makes a copy of everything the workspace holds, and downloads it part by part. */
export function TakeAlong() {
  const t = useWords(businessWords)
  const legal = useWords(legalWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const exports = useQuery(workspaceExportsQuery)
  const { confirmed, dialog } = useConfirmation()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [processorId, setProcessorId] = useState('')
  const [purpose, setPurpose] = useState<(typeof purposes)[number]>('service')
  const able = (useQuery(recipientsQuery).data?.items ?? []).flatMap((one) =>
    one.id !== null && one.connection === null && one.stopped === null ? [{ value: one.id, label: one.name }] : [],
  )
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
      const body = processorId === '' ? { purpose: 'own_records' as const } : { purpose, processorId }
      await confirmed(() => call('POST /workspace-exports', { body }))
      await queries.invalidateQueries({ queryKey: workspaceExportsQuery.queryKey })
    })
  const download = (exportId: string, number: number) =>
    act(async () => {
      const params = { exportId, number }
      const { path } = await confirmed(() => call('POST /workspace-exports/{exportId}/parts/{number}/link', { params }))
      location.assign(path)
      await queries.invalidateQueries({ queryKey: workspaceExportsQuery.queryKey })
    })
  const said = problem ?? (exports.error ? explain(exports.error).message : undefined)
  return (
    <Section title={t('takeTitle')} intro={t('takeIntro')}>
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
      {exports.data ? (
        exports.data.items.length > 0 && (
          <ul className="grid max-w-[64ch] gap-3">
            {exports.data.items.slice(0, 3).map((copy) => (
              <li key={copy.id}>
                <Copy copy={copy} busy={busy} onDownload={(number) => void download(copy.id, number)} />
              </li>
            ))}
          </ul>
        )
      ) : exports.isPending ? (
        <TextSkeleton lines={1} />
      ) : null}
      <p className="max-w-[64ch] text-sm text-ink-2">{t('takeCareful')}</p>
      <div className="grid max-w-104 gap-4">
        <Select
          label={t('takeWho')}
          hint={t('takeWhoHint')}
          value={processorId}
          onChange={setProcessorId}
          options={[{ value: '', label: t('takeUs') }, ...able]}
        />
        {processorId !== '' && (
          <Select
            label={t('takeWhat')}
            value={purpose}
            onChange={setPurpose}
            options={purposes.map((value) => ({ value, label: legal(`purpose/${value}`) }))}
          />
        )}
      </div>
      <span>
        <Button icon="download" busy={busy} onClick={() => void make()}>
          {t('takeMake')}
        </Button>
      </span>
      {dialog}
    </Section>
  )
}

type CopyProps = { readonly copy: WorkspaceExport; readonly busy: boolean; readonly onDownload: (number: number) => void }

function Copy({ copy, busy, onDownload }: CopyProps) {
  const t = useWords(businessWords)
  const formats = useFormats()
  if (copy.state === 'failed') return <Note tone="no">{t('takeFailed')}</Note>
  if (copy.state !== 'ready') return <Progress label={t('takeMaking')} done={copy.progress} total={100} note={t('takeLeave')} />
  const when = formats.dateTime(copy.requestedAt)
  if (copy.expiresAt === null || copy.parts.every(({ gone }) => gone))
    return <p className="text-sm text-ink-3">{t('takeGone', { when })}</p>
  return (
    <div className="grid gap-2 text-sm">
      <p>
        {t('takeReady', { when })}
        <span className="block text-xs text-ink-3">{t('takeUntil', { when: formats.weekdayDate(copy.expiresAt) })}</span>
      </p>
      <ul className="grid gap-2">
        {copy.parts.map(({ number, size, gone }) => (
          <li key={number} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="figures min-w-0 flex-1">
              {t('takePart', { number, count: copy.parts.length, size: writtenSize(size, formats.tag) })}
            </span>
            {!gone && (
              <Button
                size="sm"
                icon="download"
                busy={busy}
                aria-label={t('takeDownloadPart', { number })}
                onClick={() => onDownload(number)}
              >
                {t('takeDownload')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
