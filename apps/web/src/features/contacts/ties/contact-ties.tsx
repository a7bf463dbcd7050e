import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { copyText } from '../../../ui/copy-field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { Fact } from '../fact.tsx'
import type { Contact } from '../queries.ts'
import { channelName } from './channels.ts'
import { mayRelate, type Relation, relationsQuery } from './queries.ts'
import { sayRelation } from './relation-kinds.ts'
import { tiesWords } from './words.ts'

const RelationDialog = lazy(() => import('./relation-dialog.tsx').then((file) => ({ default: file.RelationDialog })))

/** What she is called elsewhere, and who she is to whom: two of her facts. */
export function ContactTies({ contact }: { readonly contact: Contact }) {
  const t = useWords(tiesWords)
  const handles = contact.points.filter(({ kind }) => kind === 'handle')
  return (
    <>
      {handles.length > 0 && (
        <Fact term={t('handles')} wide>
          <Handles handles={handles} />
        </Fact>
      )}
      <Relations contact={contact} />
    </>
  )
}

function Handles({ handles }: { readonly handles: Contact['points'] }) {
  const t = useWords(tiesWords)
  const notices = useNotices()
  const copy = async (value: string) => {
    if (await copyText(value)) notices.show({ tone: 'ok', text: t('copied', { value }) })
  }
  return (
    <ul className="grid gap-1">
      {handles.map(({ id, channel, value, shown, label, preferred, shared }) => (
        <li key={id}>
          <span className="flex min-w-0 items-center gap-1">
            {channel === 'website' ? (
              <a
                href={`https://${value}`}
                target="_blank"
                rel="noreferrer noopener"
                className="min-w-0 truncate text-link underline underline-offset-2"
              >
                <bdi dir="ltr">{shown}</bdi>
              </a>
            ) : (
              <bdi dir="ltr" className="min-w-0 truncate" title={value}>
                {shown}
              </bdi>
            )}
            <IconButton name={t('copyHandle', { value: shown })} icon="copy" size="sm" onClick={() => void copy(value)} />
          </span>
          <span className="flex flex-wrap items-center gap-1.5 text-xs text-ink-3">
            {channel && channelName(channel, t)}
            {label && <bdi>{label}</bdi>}
            {preferred && handles.length > 1 && <Badge>{t('preferred')}</Badge>}
            {shared && <Badge tone="outline">{t('shared')}</Badge>}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Relations({ contact }: { readonly contact: Contact }) {
  const t = useWords(tiesWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const { slug: workspace, role } = useWorkspace()
  const asked = useQuery(relationsQuery(contact.id))
  const [open, setOpen] = useState<Relation | 'new'>()
  const may = mayRelate.includes(role) && contact.mergedInto === null
  const relations = asked.data?.items ?? []
  const refresh = () => queries.invalidateQueries({ queryKey: ['contacts'] })
  const remove = async (relation: Relation) => {
    const params = { contactId: contact.id, relationId: relation.id }
    try {
      await call('DELETE /contacts/{contactId}/relations/{relationId}', { params })
      await refresh()
      notices.show({
        text: t('removed', { words: sayRelation(relation, t), name: relation.other.name }),
        undo: async () => {
          await call('POST /contacts/{contactId}/relations/{relationId}/restore', { params })
          await refresh()
        },
      })
    } catch (error) {
      notices.show({ tone: 'no', text: t('failed', { reason: explain(error).message }) })
    }
  }
  if (asked.isError && !asked.data)
    return (
      <Fact term={t('relations')}>
        <span className="text-no-ink">{t('failed', { reason: explain(asked.error).message })}</span>
      </Fact>
    )
  if (!may && relations.length === 0) return null
  return (
    <Fact term={t('relations')} wide={relations.length > 0}>
      <ul className="grid gap-1">
        {relations.map((relation) => (
          <li key={relation.id} className="flex min-w-0 items-center gap-1">
            <span className="min-w-0 wrap-anywhere">
              <bdi className="text-ink-2">{sayRelation(relation, t)}</bdi>{' '}
              <Link
                to="/w/$workspace/contacts/$contactId"
                params={{ workspace, contactId: relation.other.id }}
                search={{}}
                className="text-link underline underline-offset-2"
              >
                <bdi>{relation.other.name}</bdi>
              </Link>
              {relation.other.archivedAt !== null && <span className="ms-1.5 text-xs text-ink-3">{t('archived')}</span>}
            </span>
            {may && (
              <>
                <IconButton name={t('edit', { name: relation.other.name })} icon="edit" size="sm" onClick={() => setOpen(relation)} />
                <IconButton
                  name={t('remove', { name: relation.other.name })}
                  icon="trash"
                  size="sm"
                  onClick={() => void remove(relation)}
                />
              </>
            )}
          </li>
        ))}

        {may && (
          <li className="flex items-center gap-1 text-ink-3">
            {relations.length === 0 && asked.data && t('noRelations')}
            <IconButton name={t('add')} icon="plus" size="sm" onClick={() => setOpen('new')} />
          </li>
        )}
      </ul>
      <Suspense>
        {open !== undefined && (
          <RelationDialog contact={contact} relation={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />
        )}
      </Suspense>
    </Fact>
  )
}
