import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { ListDialog } from './list-dialog.tsx'
import { mayKeepSegments, mayShareSegments } from './may-keep.ts'
import type { ContactList, Segment } from './queries.ts'
import { RenameSegmentDialog } from './rename-segment-dialog.tsx'
import { segmentsWords } from './words.ts'

/** What is done with a segment now and then: rename, share, remove. */
export function SegmentMenu({ segment }: { readonly segment: Segment }) {
  const t = useWords(segmentsWords)
  const { role, memberId } = useWorkspace()
  const attempt = useAttempt('segments')
  const [renaming, setRenaming] = useState(false)
  const share = mayShareSegments.includes(role)
  if (!(share || (segment.ownerMemberId === memberId && mayKeepSegments.includes(role)))) return null
  const params = { segmentId: segment.id }
  const setShared = (shared: boolean, version: number) => call('PATCH /segments/{segmentId}', { params, body: { shared }, version })
  return (
    <>
      <Menu trigger={<IconButton name={t('more', { name: segment.name })} icon="more" size="sm" tip="none" />}>
        <MenuItem icon="edit" onSelect={() => setRenaming(true)}>
          {t('rename')}
        </MenuItem>
        {share && (
          <MenuItem icon="share" onSelect={() => void attempt(() => setShared(!segment.shared, segment.version))}>
            {segment.shared ? t('unshare') : t('share')}
          </MenuItem>
        )}
        <MenuItem
          icon="trash"
          onSelect={() =>
            void attempt(() => call('DELETE /segments/{segmentId}', { params }), {
              text: t('removed', { name: segment.name }),
              undo: () => call('POST /segments/{segmentId}/restore', { params }),
            })
          }
        >
          {t('remove')}
        </MenuItem>
      </Menu>
      {renaming && <RenameSegmentDialog segment={segment} onClose={() => setRenaming(false)} />}
    </>
  )
}

/** What is done with a list now and then: rename, archive, bring back. */
export function ListMenu({ list }: { readonly list: ContactList }) {
  const t = useWords(segmentsWords)
  const attempt = useAttempt('lists')
  const [renaming, setRenaming] = useState(false)
  const params = { listId: list.id }
  const restore = () => call('POST /lists/{listId}/restore', { params })
  return (
    <>
      <Menu trigger={<IconButton name={t('more', { name: list.name })} icon="more" size="sm" tip="none" />}>
        <MenuItem icon="edit" onSelect={() => setRenaming(true)}>
          {t('rename')}
        </MenuItem>
        {list.archivedAt ? (
          <MenuItem icon="undo" onSelect={() => void attempt(restore)}>
            {t('restore')}
          </MenuItem>
        ) : (
          <MenuItem
            icon="archive"
            onSelect={() =>
              void attempt(() => call('DELETE /lists/{listId}', { params }), {
                text: t('archivedList', { name: list.name }),
                undo: restore,
              })
            }
          >
            {t('archive')}
          </MenuItem>
        )}
      </Menu>
      {renaming && <ListDialog list={list} onClose={() => setRenaming(false)} />}
    </>
  )
}

/** Does something, says it with its way back, and says why where it failed. */
function useAttempt(key: 'segments' | 'lists') {
  const t = useWords(segmentsWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: [key] })
  return async (act: () => Promise<unknown>, done?: { readonly text: string; readonly undo: () => Promise<unknown> }) => {
    try {
      await act()
      await refresh()
      if (done) notices.show({ text: done.text, undo: () => done.undo().then(refresh) })
    } catch (error) {
      notices.show({ tone: 'no', text: t('failed', { reason: explain(error).message }) })
    }
  }
}
