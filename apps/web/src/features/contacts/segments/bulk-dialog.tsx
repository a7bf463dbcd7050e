import type { BulkAct, ContactFilter } from '@frontdesk/contract'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { newKey } from '../../../lib/keys.ts'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, inputLook } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select.tsx'
import { tagsQuery } from '../queries.ts'
import { ListDialog } from './list-dialog.tsx'
import { mayShareSegments } from './may-keep.ts'
import { type BulkChange, listsQuery } from './queries.ts'
import { untilAtRest } from './until-at-rest.ts'
import { segmentsWords } from './words.ts'

/** An act that is done, and the name of its tag or list. */
export type BulkDone = { readonly change: BulkChange; readonly what: string }

export type BulkDialogProps = {
  readonly who: { readonly contactIds: readonly string[] } | { readonly filter: ContactFilter }
  readonly count: number
  readonly onClose: () => void
  readonly onDone: (done: BulkDone) => void
}

const acts = ['add_tag', 'remove_tag', 'add_to_list', 'remove_from_list'] as const

/** Asks what is done with several people, does it, and shows how far it is. */
export function BulkDialog({ who, count, onClose, onDone }: BulkDialogProps) {
  const t = useWords(segmentsWords)
  const explain = useExplain()
  const { role } = useWorkspace()
  const tagList = useId()
  const [act, setAct] = useState<BulkAct['act']>('add_tag')
  const [tag, setTag] = useState('')
  const [listId, setListId] = useState('')
  const [making, setMaking] = useState(false)
  const [running, setRunning] = useState<BulkChange>()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()
  const [key, setKey] = useState(newKey)
  const tags = useQuery(tagsQuery).data?.items ?? []
  const lists = useQuery(listsQuery()).data?.items ?? []
  const toTag = act === 'add_tag' || act === 'remove_tag'
  const list = lists.find(({ id }) => id === listId)
  const send = async () => {
    if (busy) return
    if (toTag ? tag.trim() === '' : !list) {
      setFailed(t('valueMissing'))
      return
    }
    setBusy(true)
    setFailed(undefined)
    try {
      const what: BulkAct = toTag ? { act, tag: tag.trim() } : ({ act, listId } as BulkAct)
      const whom = 'filter' in who ? who : { contactIds: [...who.contactIds] }
      const change = await untilAtRest(await call('POST /contacts/bulk', { body: { what, who: whom }, idempotencyKey: key }), setRunning)
      onDone({ change, what: toTag ? tag.trim() : (list?.name ?? '') })
    } catch (error) {
      setKey(newKey())
      setFailed(t('failed', { reason: explain(error).message }))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('actTitle', { count })}
      footer={
        <>
          {running && (
            <output className="figures me-auto text-sm text-ink-2">{t('bulkRunning', { done: running.done, total: running.total })}</output>
          )}
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="solid" busy={busy} onClick={() => void send()}>
            {t(`act/${act}`)}
          </Button>
        </>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        {failed && (
          <Note tone="no" role="alert">
            {failed}
          </Note>
        )}
        <Select label={t('what')} value={act} onChange={setAct} options={acts.map((one) => ({ value: one, label: t(`act/${one}`) }))} />
        {toTag ? (
          <Field label={t('tag')}>
            {(control) => (
              <>
                <input
                  {...control}
                  value={tag}
                  list={tagList}
                  maxLength={60}
                  dir="auto"
                  autoComplete="off"
                  onChange={(event) => setTag(event.target.value)}
                  className={inputLook}
                />
                <datalist id={tagList}>
                  {tags.map(({ name }) => (
                    <option key={name} value={name} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
        ) : (
          <>
            {lists.length === 0 && <p className="text-sm text-ink-2">{t('noLists')}</p>}
            {lists.length > 0 && (
              <Select
                label={t('on/list')}
                value={listId}
                onChange={setListId}
                options={[{ value: '', label: t('chooseOne') }, ...lists.map(({ id, name }) => ({ value: id, label: name }))]}
              />
            )}
            {mayShareSegments.includes(role) && act === 'add_to_list' && (
              <span>
                <Button size="sm" icon="plus" onClick={() => setMaking(true)}>
                  {t('newList')}
                </Button>
              </span>
            )}
          </>
        )}
        <button type="submit" hidden />
      </form>
      {making && <ListDialog onClose={() => setMaking(false)} onMade={({ id }) => setListId(id)} />}
    </Dialog>
  )
}
