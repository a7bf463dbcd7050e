import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import type { Contact } from '../queries.ts'
import { ListDialog } from './list-dialog.tsx'
import { mayFillLists, mayShareSegments } from './may-keep.ts'
import { listsOfQuery, listsQuery } from './queries.ts'
import { segmentsWords } from './words.ts'

type On = { readonly id: string; readonly name: string }

/** The lists somebody is on, and putting her on another one. */
export function ContactLists({ contact }: { readonly contact: Contact }) {
  const t = useWords(segmentsWords)
  const { slug: workspace, role } = useWorkspace()
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [making, setMaking] = useState(false)
  const asked = useQuery(listsOfQuery(contact.id))
  const on = asked.data?.items ?? []
  const may = mayFillLists.includes(role) && contact.mergedInto === null
  const put = async (list: On, onIt: boolean) => {
    const params = { contactId: contact.id, listId: list.id }
    await call(onIt ? 'PUT /contacts/{contactId}/lists/{listId}' : 'DELETE /contacts/{contactId}/lists/{listId}', { params })
    await Promise.all([
      queries.invalidateQueries({ queryKey: listsOfQuery(contact.id).queryKey }),
      queries.invalidateQueries({ queryKey: ['lists'] }),
    ])
  }
  const attempt = async (list: On, onIt: boolean) => {
    try {
      await put(list, onIt)
      const said = { name: contact.name, list: list.name }
      notices.show({ text: onIt ? t('putOnDone', said) : t('takenOff', said), undo: () => put(list, !onIt) })
    } catch (error) {
      notices.show({ tone: 'no', text: t('failed', { reason: explain(error).message }) })
    }
  }
  if (asked.isError && !asked.data) return <span className="text-no-ink">{t('failed', { reason: explain(asked.error).message })}</span>
  return (
    <ul className="flex flex-wrap items-center gap-1.5">
      {on.map((list) => (
        <li key={list.id} className="inline-flex max-w-full items-center rounded-xs bg-fill text-xs">
          <Link
            to="/w/$workspace/contacts"
            params={{ workspace }}
            search={{ filter: { all: [{ on: 'list', listId: list.id }] } }}
            className="min-w-0 truncate px-1.5 py-0.5 text-ink-2 no-underline hover:text-ink"
          >
            <bdi>{list.name}</bdi>
          </Link>
          {may && (
            <button
              type="button"
              aria-label={t('takeOff', { list: list.name })}
              onClick={() => void attempt(list, false)}
              className="grid size-6 place-items-center rounded-xs hover:bg-hover phone:size-9"
            >
              <Icon name="close" size="xs" />
            </button>
          )}
        </li>
      ))}
      {on.length === 0 && asked.data && <li className="text-ink-3">{t('onNoList')}</li>}
      {may && (
        <li>
          <PutOn
            on={on}
            onPut={(list) => void attempt(list, true)}
            onMake={mayShareSegments.includes(role) ? () => setMaking(true) : undefined}
          />
        </li>
      )}
      {making && <ListDialog onClose={() => setMaking(false)} onMade={(list) => void attempt(list, true)} />}
    </ul>
  )
}

type PutOnProps = { readonly on: readonly On[]; readonly onPut: (list: On) => void; readonly onMake: (() => void) | undefined }

function PutOn({ on, onPut, onMake }: PutOnProps) {
  const t = useWords(segmentsWords)
  const lists = (useQuery(listsQuery()).data?.items ?? []).filter(({ id }) => !on.some((one) => one.id === id))
  if (lists.length === 0 && !onMake) return null
  return (
    <Menu trigger={<IconButton name={t('putOn')} icon="plus" size="sm" tip="none" />} align="start">
      {lists.map((list) => (
        <MenuItem key={list.id} icon="users" onSelect={() => onPut(list)}>
          {list.name}
        </MenuItem>
      ))}
      {onMake && (
        <MenuItem icon="plus" onSelect={onMake}>
          {t('newList')}
        </MenuItem>
      )}
    </Menu>
  )
}
