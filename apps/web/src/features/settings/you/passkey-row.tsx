import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Ago } from '../../../ui/ago.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Name } from '../../../ui/name.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../words.ts'
import type { MethodProps } from './method-props.ts'
import { methodsQuery, type Passkey } from './queries.ts'
import { useAct } from './use-act.ts'
import { youWords } from './words.ts'

/** What `PasskeyRow` is given. */
export type PasskeyRowProps = Pick<MethodProps, 'confirmed'> & { readonly passkey: Passkey }

/** One passkey: its name, when it was used, another name, away with it. */
export function PasskeyRow({ passkey, confirmed }: PasskeyRowProps) {
  const t = useWords(youWords)
  const formats = useFormats()
  const queries = useQueryClient()
  const notices = useNotices()
  const { act, busy, said } = useAct()
  const [renaming, setRenaming] = useState(false)
  const [asking, setAsking] = useState(false)
  const { name } = passkey
  const remove = () => {
    setAsking(false)
    return act(async () => {
      await confirmed(() => call('DELETE /passkeys/{passkeyId}', { params: { passkeyId: passkey.id } }))
      await queries.invalidateQueries(methodsQuery)
      notices.show({ tone: 'ok', text: t('passkeyRemoved', { name }) })
    })
  }
  return (
    <li className="grid gap-2 py-2">
      {renaming ? (
        <Rename passkey={passkey} onDone={() => setRenaming(false)} />
      ) : (
        <div className="flex items-center gap-3 text-sm">
          <Icon name="passkey" className="text-ink-3" />
          <div className="min-w-0 flex-1">
            <div className="font-medium">
              <Name>{name}</Name>
            </div>
            <div className="text-xs text-ink-3">
              {t('passkeySince', { date: formats.date(passkey.createdAt) })}
              {' · '}
              {passkey.lastUsedAt ? (
                <>
                  {t('lastUsed')} <Ago at={passkey.lastUsedAt} />
                </>
              ) : (
                t('neverUsed')
              )}
              {passkey.synced && ` · ${t('passkeySynced')}`}
            </div>
          </div>
          <IconButton name={t('passkeyRename', { name })} icon="edit" onClick={() => setRenaming(true)} />
          <IconButton name={t('passkeyRemove', { name })} icon="trash" busy={busy} onClick={() => setAsking(true)} />
        </div>
      )}
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('passkeyRemoveAsk', { name })}
        description={t('passkeyRemoveText')}
        action={t('passkeyRemoveDo')}
        onConfirm={() => void remove()}
      />
    </li>
  )
}

function Rename({ passkey, onDone }: { readonly passkey: Passkey; readonly onDone: () => void }) {
  const t = useWords(youWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const form = useForm({
    start: { name: passkey.name },
    check: ({ name }) => ({ name: isBlank(name) ? shared('needed') : undefined }),
    send: async ({ name }) => {
      await call('PATCH /passkeys/{passkeyId}', { params: { passkeyId: passkey.id }, body: { name: name.trim() } })
      await queries.invalidateQueries(methodsQuery)
      onDone()
    },
  })
  return (
    <Form form={form} label={t('passkeyRename', { name: passkey.name })}>
      <div className="grid max-w-104 gap-2">
        <TextField label={t('passkeyName')} maxLength={60} autoFocus {...form.field('name')} />
        <FormProblem />
        <span className="flex gap-2">
          <Button variant="solid" type="submit" busy={form.sending}>
            {shared('save')}
          </Button>
          <Button onClick={onDone}>{shared('cancel')}</Button>
        </span>
      </div>
    </Form>
  )
}
