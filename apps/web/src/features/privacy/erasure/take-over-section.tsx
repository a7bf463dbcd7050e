import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ChangeEvent, useRef, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { Section } from '../../../ui/section.tsx'
import { More } from '../../../ui/table.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { type ContactImport, importsQuery } from './queries.ts'
import { sendFile } from './send-file.ts'
import { rightsWords } from './words.ts'

/** As much as the server takes. */
const LARGEST_BYTES = 100_000_000

/** Takes over one person's data from another Frontdesk: a copy as it was downloaded there. */
export function TakeOverSection() {
  const t = useWords(rightsWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const asked = useInfiniteQuery(importsQuery)
  const picker = useRef<HTMLInputElement>(null)
  const [sent, setSent] = useState<{ readonly name: string; readonly share: number }>()
  const [problem, setProblem] = useState<string>()
  const send = async (file: File) => {
    setSent({ name: file.name, share: 0 })
    try {
      const { path } = await call('POST /contact-imports', {})
      await sendFile(path, file, (share) => setSent({ name: file.name, share }))
      await queries.invalidateQueries({ queryKey: importsQuery.queryKey })
    } catch (error) {
      setProblem(explain(error).message)
    } finally {
      setSent(undefined)
    }
  }
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    target.value = '' // so that the same file can be chosen again
    setProblem(undefined)
    if (!file) return
    if (file.size > LARGEST_BYTES) setProblem(t('takeTooLarge'))
    else void send(file)
  }
  return (
    <Section
      title={t('take')}
      intro={t('takeIntro')}
      actions={
        <>
          <input ref={picker} type="file" accept=".zip,application/zip" onChange={choose} aria-label={t('takeFile')} hidden />
          <Button icon="plus" busy={sent !== undefined} onClick={() => picker.current?.click()}>
            {t('takeFile')}
          </Button>
        </>
      }
    >
      {sent && <Progress label={t('takeSending', { name: sent.name })} done={Math.round(sent.share * 100)} total={100} />}
      {problem && (
        <Note tone="no" role="alert">
          {problem}
        </Note>
      )}
      <Asked asked={asked} lines={2}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon="download">{t('takeEmpty')}</EmptyState>
          ) : (
            <>
              <ul className="grid divide-y divide-line" aria-live="polite">
                {rowsOf(data).map((one) => (
                  <ImportRow key={one.id} one={one} />
                ))}
              </ul>
              <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
            </>
          )
        }
      </Asked>
    </Section>
  )
}

const tones = { waiting: 'neutral', running: 'wait', done: 'ok', refused: 'no' } as const

function ImportRow({ one }: { readonly one: ContactImport }) {
  const t = useWords(rightsWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3 text-sm">
      <span className="grid min-w-48 flex-1">
        <span className="font-medium">{formats.dateTime(one.requestedAt)}</span>
        <span className="text-xs text-ink-3">
          {one.refusal
            ? t(`takeRefused/${one.refusal}`)
            : one.state === 'done'
              ? t('takeCounts', { rows: one.rows, files: one.files })
              : t(`takeNow/${one.state === 'running' ? 'running' : 'waiting'}`)}
        </span>
      </span>
      {one.contactId && (
        <Link to="/w/$workspace/contacts/$contactId" params={{ workspace: slug, contactId: one.contactId }} className={linkLook}>
          {t('takeOpen')}
        </Link>
      )}
      <Badge tone={tones[one.state]}>{t(`takeState/${one.state}`)}</Badge>
    </li>
  )
}
