import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { useStatus } from '../../app/status.ts'
import { call } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { mayContactWords } from '../contacts/may-contact-words.ts'
import { reasonWords } from '../contacts/reason-words.ts'
import type { Conversation } from './queries.ts'
import { type RefusedSend, refusedSend } from './refused-send.ts'
import { inboxWords } from './words.ts'

/** The answer. It is kept while it is written; where it may not be sent, the reasons stand above it and the text stays. */
export function ReplyBox({ conversation, focus }: { readonly conversation: Conversation; readonly focus: boolean }) {
  const t = useWords(inboxWords)
  const queries = useQueryClient()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const waits = useStatus()?.mail === 'outbox_only'
  const [refused, setRefused] = useState<RefusedSend>()
  const form = useForm({
    start: { text: '' },
    draft: `reply.${conversation.id}`,
    check: ({ text }) => ({ text: text.trim() === '' ? t('writeSomething') : undefined }),
    send: async ({ text }, key) => {
      setRefused(undefined)
      try {
        await call('POST /conversations/{conversationId}/reply', {
          params: { conversationId: conversation.id },
          body: { text: text.trim() },
          idempotencyKey: key,
        })
      } catch (error) {
        setRefused(refusedSend(error))
        throw error
      }
      await queries.invalidateQueries({ queryKey: ['conversations'] })
    },
    onRefusal: ({ slug }) => slug === 'privacy/refused',
  })
  const enter = () => box.current?.querySelector('textarea')?.focus()
  useCommands([{ label: t('reply'), group: t('group'), keys: 'r', icon: 'undo', run: enter }])
  useEffect(() => {
    if (focus) box.current?.querySelector('textarea')?.focus()
  }, [focus])
  const name = conversation.contactName
  return (
    <div ref={box} className="sticky bottom-0 border-t border-line bg-surface px-6 py-3 phone:px-3">
      <div className="mx-auto max-w-176">
        <Form form={form} id={id} label={t('replyTo', { name })}>
          {refused && <Refused refused={refused} name={name} />}
          <TextArea
            quiet
            label={t('replyTo', { name })}
            placeholder={t('replyTo', { name })}
            rows={2}
            maxLength={50_000}
            {...form.field('text')}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
                event.preventDefault()
                void form.submit()
              }
              if (event.key === 'Escape') event.currentTarget.blur()
            }}
          />
          <FormProblem />
          <div className="flex flex-wrap items-center gap-3">
            <p className="min-w-0 flex-1 text-xs text-ink-3">
              {form.restored && form.values.text !== '' ? t('draftBack') : waits ? t('replyWaits', { name }) : t('replyHint', { name })}
            </p>
            <span className="text-xs text-ink-3 phone:hidden">{t('sendHint')}</span>
            <Button variant="solid" icon="send" type="submit" busy={form.sending}>
              {t('send')}
            </Button>
          </div>
        </Form>
      </div>
    </div>
  )
}

function Refused({ refused, name }: { readonly refused: RefusedSend; readonly name: string }) {
  const t = useWords(inboxWords)
  const c = useWords(mayContactWords)
  const formats = useFormats()
  return (
    <Note tone="wait" icon="shield" role="alert">
      <p className="font-medium">{t('refusedTitle')}</p>
      <ul className="mt-1 grid gap-0.5">
        {refused.reasons.map((reason) => (
          <li key={reason.code}>{reasonWords(c, formats, reason, name)}</li>
        ))}
      </ul>
      {refused.nextMoment && <p className="mt-1">{t('refusedLater', { when: formats.dateTime(refused.nextMoment) })}</p>}
    </Note>
  )
}
