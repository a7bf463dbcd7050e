import { infiniteQueryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { newKey } from '../../../lib/keys.ts'
import { useExplain } from '../../../lib/problems.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { writtenSize } from '../../../lib/written-size.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Button } from '../../../ui/button.tsx'
import { cx } from '../../../ui/cx.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { More } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { fileKind } from '../../inbox/file-facts.ts'
import { PartFailed } from '../part-failed.tsx'
import { type Contact, membersQuery } from '../queries.ts'
import { contactFilesWords } from './words.ts'

type CardFile = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/files'>>>['items'][number]

/** Who changes contacts; the server asks again. */
const mayWrite: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative', 'privacy_officer']

const filesQuery = (contactId: string) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'files', contactId],
    queryFn: ({ pageParam, signal }) =>
      call('GET /contacts/{contactId}/files', {
        params: { contactId },
        query: { limit: 30, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** The files about somebody: put on her card by dropping or choosing, saved, and taken off with undo. Nothing of them is shown in the desk itself. */
export function ContactFiles({ contact }: { readonly contact: Contact }) {
  const t = useWords(contactFilesWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const { role } = useWorkspace()
  const members = useQuery(membersQuery).data?.items ?? []
  const asked = useInfiniteQuery(filesQuery(contact.id))
  const chooser = useRef<HTMLInputElement>(null)
  const [sending, setSending] = useState<string>()
  const [over, setOver] = useState(false)
  const may = mayWrite.includes(role) && contact.archivedAt === null

  const send = async (files: readonly File[]) => {
    for (const file of files) {
      setSending(file.name)
      try {
        await call('POST /contacts/{contactId}/files', { params: { contactId: contact.id }, file, idempotencyKey: newKey() })
        notices.show({ tone: 'ok', text: t('added', { name: file.name }) })
      } catch (error) {
        notices.show({ tone: 'no', text: `${file.name}: ${explain(error).message}` })
      }
    }
    setSending(undefined)
    await queries.invalidateQueries({ queryKey: ['contacts'] })
  }
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])]
    // The same file may be chosen again after it failed.
    target.value = ''
    void send(files)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (may && sending === undefined) void send([...event.dataTransfer.files])
  }
  if (asked.isError && !asked.data) return <PartFailed error={asked.error} onAgain={() => void asked.refetch()} />
  const items = asked.data?.pages.flatMap((page) => page.items)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className={cx('mt-4 grid gap-3 rounded-lg', over && may && 'outline-2 outline-offset-4 outline-focus outline-dashed')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {may && (
        <div className="grid justify-items-start gap-1.5">
          <input ref={chooser} type="file" multiple hidden onChange={choose} aria-label={t('choose', { name: contact.name })} />
          <Button icon="plus" busy={sending !== undefined} onClick={() => chooser.current?.click()}>
            {t('add')}
          </Button>
          <p className="text-xs text-ink-3" role="status">
            {sending === undefined ? t('hint') : t('sending', { name: sending })}
          </p>
        </div>
      )}
      {!items && <TextSkeleton lines={3} />}
      {items?.length === 0 && <EmptyState icon="paperclip">{t('empty', { name: contact.name })}</EmptyState>}
      {items && items.length > 0 && (
        <ul aria-label={t('files')} className="grid divide-y divide-line">
          {items.map((file) => (
            <li key={file.id}>
              <FileRow file={file} may={may} who={members.find(({ id }) => id === file.addedByMemberId)?.name} />
            </li>
          ))}
        </ul>
      )}
      <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
    </div>
  )
}

function FileRow({ file, may, who }: { readonly file: CardFile; readonly may: boolean; readonly who: string | undefined }) {
  const t = useWords(contactFilesWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const { tag } = useFormats()
  const [busy, setBusy] = useState(false)
  const params = { contactId: file.contactId, contactFileId: file.id }
  const { name } = file
  const facts = [fileKind({ name, type: file.mediaType }), writtenSize(file.size, tag)].filter(Boolean).join(', ')
  const refresh = () => queries.invalidateQueries({ queryKey: ['contacts'] })
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act()
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  const save = async () => {
    setBusy(true)
    await attempt(async () => {
      const content = await call('GET /contacts/{contactId}/files/{contactFileId}/content', { params })
      // Without its type, so that no browser thinks of opening it in the name of this desk.
      saveFile(name, new Blob([content], { type: 'application/octet-stream' }))
    })
    setBusy(false)
  }
  const remove = () =>
    attempt(async () => {
      await call('DELETE /contacts/{contactId}/files/{contactFileId}', { params })
      await refresh()
      notices.show({
        text: t('removed', { name }),
        undo: async () => {
          await call('POST /contacts/{contactId}/files/{contactFileId}/restore', { params })
          await refresh()
        },
      })
    })
  const when = <Ago key="when" at={file.createdAt} />
  return (
    <div className="flex min-w-0 items-center gap-2 py-2 text-sm">
      <Icon name="file" className="text-ink-3" />
      <span className="grid min-w-0 flex-1">
        <bdi className="truncate font-medium">{name}</bdi>
        <span className="text-xs text-ink-3">
          <span className="figures">{facts}</span> ·{' '}
          {file.addedByMemberId === null
            ? t.parts('addedAt', { when })
            : t.parts('addedBy', { when, who: <bdi key="who">{who ?? t('somebody')}</bdi> })}
        </span>
      </span>
      <IconButton name={t('save', { name, facts })} icon="download" busy={busy} onClick={() => void save()} />
      {may && <IconButton name={t('remove', { name })} icon="trash" onClick={() => void remove()} />}
    </div>
  )
}
