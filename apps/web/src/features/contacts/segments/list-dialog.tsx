import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { NameDialog } from './name-dialog.tsx'
import type { ContactList } from './queries.ts'
import { segmentsWords } from './words.ts'

export type ListDialogProps = {
  /** Left out: a new one. */
  readonly list?: ContactList
  readonly onClose: () => void
  readonly onMade?: (list: ContactList) => void
}

/** Makes a list, or calls it something else. */
export function ListDialog({ list, onClose, onMade }: ListDialogProps) {
  const t = useWords(segmentsWords)
  const queries = useQueryClient()
  return (
    <NameDialog
      title={list ? t('renameTitle', { name: list.name }) : t('newList')}
      label={t('newListName')}
      action={list ? t('rename') : t('newList')}
      name={list?.name ?? ''}
      onClose={onClose}
      send={async (name, key) => {
        const saved = list
          ? await call('PATCH /lists/{listId}', { params: { listId: list.id }, body: { name }, version: list.version })
          : await call('POST /lists', { body: { name }, idempotencyKey: key })
        await queries.invalidateQueries({ queryKey: ['lists'] })
        onMade?.(saved)
      }}
    />
  )
}
