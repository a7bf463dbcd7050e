import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { List, rowLook, rowProps } from '../../../ui/list.tsx'
import { Name } from '../../../ui/name.tsx'
import { ListSkeleton } from '../../../ui/skeleton.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { type Contact, contactSearchQuery } from '../queries.ts'
import { duplicatesWords } from './words.ts'

/** Finds the other card to merge one with; the comparison comes next. */
export function MergeWithDialog({ contact, onClose }: { readonly contact: Contact; readonly onClose: () => void }) {
  const t = useWords(duplicatesWords)
  const explain = useExplain()
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const text = typed.trim()
  const asked = useQuery({ ...contactSearchQuery(text), enabled: text !== '' })
  const found = text === '' ? [] : (asked.data?.items.filter(({ id }) => id !== contact.id) ?? [])
  const choose = (mergedId: string) => {
    onClose()
    void navigate({
      to: '/w/$workspace/contacts/duplicates/$survivorId/$mergedId',
      params: { workspace, survivorId: contact.id, mergedId },
      search: {},
    })
  }
  return (
    <Dialog open onOpenChange={onClose} title={t('mergeWithTitle', { name: contact.name })} description={t('mergeWithIntro')} size="md">
      <div className="grid gap-2">
        <TextField
          label={t('find')}
          quiet
          type="search"
          icon="search"
          placeholder={t('findHint')}
          autoComplete="off"
          maxLength={120}
          value={typed}
          onChange={setTyped}
        />
        {asked.isError && (
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(asked.error).message })}
          </Note>
        )}
        {text !== '' && asked.isPending && <ListSkeleton rows={3} />}
        {text !== '' && asked.data && found.length === 0 && <p className="py-2 text-sm text-ink-2">{t('noneFound', { text })}</p>}
        {found.length > 0 && (
          <List label={t('find')} items={found} keyOf={({ id }) => id}>
            {(other) => (
              <button {...rowProps} type="button" className={rowLook} onClick={() => choose(other.id)}>
                <span className="row-span-2">
                  <Avatar name={other.name} id={other.id} />
                </span>
                <Name cut className="font-strong">
                  {other.name}
                </Name>
                <span className="truncate text-ink-2">
                  <bdi>{[other.company, other.phoneShown ?? other.email].filter(Boolean).join(' · ') || ' '}</bdi>
                </span>
              </button>
            )}
          </List>
        )}
      </div>
    </Dialog>
  )
}
