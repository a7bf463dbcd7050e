import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { type Explained, useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { cx } from '../../../ui/cx.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { DetailPane } from '../../../ui/panes.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { Table } from '../../../ui/table.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { mayImport } from './may-import.ts'
import { type Import, importQuery, importsQuery } from './queries.ts'
import { StateBadge } from './state-badge.tsx'
import { importWords } from './words.ts'

/** Where lists are brought, and those that were. */
export function ImportsScreen() {
  const t = useWords(importWords)
  const { slug: workspace, role } = useWorkspace()
  const navigate = useNavigate()
  const back = (
    <IconButton
      name={t('backContacts')}
      icon="chevronLeft"
      size="lg"
      tip="none"
      onClick={() => void navigate({ to: '/w/$workspace/contacts', params: { workspace }, search: {} })}
    />
  )
  return (
    <DetailPane header={<PageHeader title={t('title')} back={back} />}>
      {mayImport.includes(role) ? (
        <>
          <Begin />
          <Earlier />
        </>
      ) : (
        <EmptyState icon="lock">{t('onlyLeads')}</EmptyState>
      )}
    </DetailPane>
  )
}

/** A file is chosen or dropped, or cells are pasted; the next screen is the import's own. */
function Begin() {
  const t = useWords(importWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { slug: workspace } = useWorkspace()
  const chooser = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [sending, setSending] = useState<string>()
  const [problem, setProblem] = useState<Explained>()
  const [over, setOver] = useState(false)

  const begin = async (name: string, send: () => Promise<Import>) => {
    setProblem(undefined)
    setSending(name)
    try {
      const made = await send()
      queries.setQueryData(importQuery(made.id).queryKey, made)
      void queries.invalidateQueries({ queryKey: ['imports', 'list'] })
      await navigate({ to: '/w/$workspace/contacts/import/$importId', params: { workspace, importId: made.id }, search: {} })
    } catch (error) {
      setProblem(explain(error))
    }
    setSending(undefined)
  }
  const take = (file: File | undefined) => file && void begin(file.name, () => call('POST /imports', { file }))
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <Section title={t('choose')} intro={t('intro')}>
      <section
        aria-label={t('drop')}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          'grid justify-items-center gap-2 rounded-lg border border-dashed border-line-strong px-4 py-8 text-center',
          over && 'border-solid bg-selected',
        )}
      >
        <Icon name="file" size="lg" className="text-ink-3" />
        <input
          ref={chooser}
          type="file"
          aria-label={t('choose')}
          className="sr-only"
          tabIndex={-1}
          accept=".csv,.tsv,.txt,.xlsx,.xlsm,.vcf,text/csv,text/vcard"
          onChange={(event) => {
            take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <Button variant="solid" busy={sending !== undefined} onClick={() => chooser.current?.click()}>
          {t('choose')}
        </Button>
        <p className="text-xs text-ink-3">{t('chooseNote')}</p>
      </section>
      {sending !== undefined && <Progress label={t('uploading', { name: sending })} done={0} />}
      {problem && (
        <Note tone="no" role="alert">
          {problem.message}
        </Note>
      )}
      <details className="group">
        <summary className="cursor-pointer text-sm font-medium text-link">{t('orPaste')}</summary>
        <div className="mt-3 grid gap-3">
          <TextArea label={t('paste')} rows={6} value={text} onChange={setText} />
          <p>
            <Button
              disabled={text.trim() === ''}
              busy={sending !== undefined}
              onClick={() => void begin(t('orPaste'), () => call('POST /imports/paste', { body: { text } }))}
            >
              {t('pasteDo')}
            </Button>
          </p>
        </div>
      </details>
    </Section>
  )
}

function Earlier() {
  const t = useWords(importWords)
  const explain = useExplain()
  const { slug: workspace } = useWorkspace()
  const asked = useInfiniteQuery(importsQuery())
  const items = asked.data?.pages.flatMap((page) => page.items)
  if (asked.isError && items === undefined) {
    return (
      <Section title={t('earlier')}>
        <Note tone="no" role="alert">
          {t('failed', { reason: explain(asked.error).message })}
        </Note>
        <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
      </Section>
    )
  }
  return (
    <Section title={t('earlier')}>
      {items === undefined ? (
        <TextSkeleton lines={3} />
      ) : items.length === 0 ? (
        <p className="text-sm text-ink-2">{t('none')}</p>
      ) : (
        <Table
          label={t('earlier')}
          rows={items}
          keyOf={({ id }) => id}
          more={{ hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }}
          columns={[
            {
              key: 'name',
              title: t('step/file'),
              phone: 'title',
              cell: (one) => (
                <Link
                  to="/w/$workspace/contacts/import/$importId"
                  params={{ workspace, importId: one.id }}
                  search={{}}
                  className="font-medium wrap-anywhere text-link"
                >
                  <bdi>{one.name}</bdi>
                </Link>
              ),
            },
            { key: 'state', title: t('imports'), quiet: true, phone: 'aside', cell: (one) => <StateBadge state={one.state} /> },
            { key: 'rows', title: t('step/columns'), quiet: true, cell: (one) => <Rows one={one} /> },
            { key: 'when', title: t('step/check'), quiet: true, cell: (one) => <Ago at={one.createdAt} /> },
          ]}
        />
      )}
    </Section>
  )
}

function Rows({ one }: { readonly one: Import }): ReactNode {
  const t = useWords(importWords)
  return one.rows === null ? null : <span className="text-ink-3">{t('rowsOf', { count: one.rows })}</span>
}
