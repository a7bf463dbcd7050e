import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { saveFile } from '../../lib/save-file.ts'
import { writtenSize } from '../../lib/written-size.ts'
import { Icon } from '../../ui/icon.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { fileKind } from './file-facts.ts'
import type { Message } from './queries.ts'
import { inboxWords } from './words.ts'

type Attachment = Message['attachments'][number]

/** The files of a message: what each is called, what it is and how large, and the way to save it. Nothing of a stranger is shown in the desk itself. */
export function AttachmentList({ message }: { readonly message: Message }) {
  const t = useWords(inboxWords)
  return (
    <ul aria-label={t('attachments')} className="grid min-w-0 gap-1">
      {message.attachments.map((file, index) => (
        <li key={file.fileId ?? `${index} ${file.name}`} className="min-w-0">
          {file.fileId === null ? (
            <Unkept file={file} ours={message.direction === 'out'} />
          ) : (
            <Kept file={file} fileId={file.fileId} conversationId={message.conversationId} />
          )}
        </li>
      ))}
    </ul>
  )
}

type KeptProps = {
  readonly file: Attachment
  readonly fileId: NonNullable<Attachment['fileId']>
  readonly conversationId: Message['conversationId']
}

function Kept({ file, fileId, conversationId }: KeptProps) {
  const t = useWords(inboxWords)
  const explain = useExplain()
  const notices = useNotices()
  const [busy, setBusy] = useState(false)
  const facts = useFacts(file)
  const save = async () => {
    setBusy(true)
    try {
      const content = await call('GET /conversations/{conversationId}/attachments/{fileId}', { params: { conversationId, fileId } })
      // Without its type, so that no browser thinks of opening it in the name of this desk.
      saveFile(file.name, new Blob([content], { type: 'application/octet-stream' }))
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      setBusy(false)
    }
  }
  return (
    <button
      type="button"
      aria-label={t('saveFile', { name: file.name, facts })}
      onClick={() => void (busy || save())}
      {...(busy ? { 'aria-busy': true, 'aria-disabled': true } : {})}
      className="flex min-h-9 max-w-full items-center gap-2 rounded-md border border-line-strong bg-surface px-2.5 py-1 text-start text-xs text-ink hover:bg-hover phone:min-h-11"
    >
      <Icon name="paperclip" size="sm" className="text-ink-3" />
      <bdi className="min-w-0 truncate font-medium">{file.name}</bdi>
      <span className="figures shrink-0 text-ink-2">{facts}</span>
      {busy ? <Spinner /> : <Icon name="download" size="sm" className="text-ink-2" />}
    </button>
  )
}

/** What was sent along by us stands in the outbox, inside its mail; what a customer sent was too much to keep. */
function Unkept({ file, ours }: { readonly file: Attachment; readonly ours: boolean }) {
  const t = useWords(inboxWords)
  const facts = useFacts(file)
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-xs text-ink-2">
      <Icon name="paperclip" size="sm" />
      <bdi className="min-w-0 truncate">{file.name}</bdi>
      <span className="figures">{facts}</span>
      {!ours && <span className="basis-full">{t('notKept')}</span>}
    </span>
  )
}

function useFacts(file: Attachment): string {
  const { tag } = useFormats()
  return [fileKind(file), writtenSize(file.size, tag)].filter(Boolean).join(', ')
}
