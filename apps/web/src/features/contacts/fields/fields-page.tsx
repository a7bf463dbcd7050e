import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge, Tag } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Section } from '../../../ui/section.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { moveItem } from '../../services/move-item.ts'
import { Asked, SettingsPane } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { FieldSheet } from './field-sheet.tsx'
import { fieldsQuery, type OwnField } from './queries.ts'
import { fieldsWords } from './words.ts'

/** Who sets fields up; the server asks again. */
const mayManage: readonly string[] = ['owner', 'admin', 'manager']

/** The business's own fields of contacts: what they hold, in which order, and those that were put away. */
export function FieldsPage() {
  const shared = useWords(settingsWords)
  const asked = useQuery(fieldsQuery)
  return (
    <SettingsPane title={shared('page/fields')}>
      <Asked asked={asked} lines={6}>
        {({ items }) => <Fields fields={items} />}
      </Asked>
    </SettingsPane>
  )
}

function Fields({ fields }: { readonly fields: readonly OwnField[] }) {
  const t = useWords(fieldsWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const { role } = useWorkspace()
  const may = mayManage.includes(role)
  const [open, setOpen] = useState<OwnField | 'new'>()
  const inUse = fields.filter(({ archivedAt }) => archivedAt === null)
  const archived = fields.filter(({ archivedAt }) => archivedAt !== null)
  const refresh = () => queries.invalidateQueries({ queryKey: fieldsQuery.queryKey })

  const act = async (work: () => Promise<unknown>, notice: { text: string; undo?: () => unknown }) => {
    try {
      await work()
      await refresh()
      notices.show(notice)
    } catch (error) {
      notices.show({ tone: 'no', text: t('failed', { reason: explain(error).message }) })
      await refresh()
    }
  }
  const order = async (ids: readonly string[]) => {
    queries.setQueryData(fieldsQuery.queryKey, { items: [...ids.flatMap((id) => inUse.find((one) => one.id === id) ?? []), ...archived] })
    queries.setQueryData(fieldsQuery.queryKey, await call('PUT /contact-fields/order', { body: { fieldIds: [...ids] } }))
  }
  const move = (field: OwnField, step: number) => {
    const before = inUse.map(({ id }) => id)
    const after = moveItem(before, field.id, before.indexOf(field.id) + step)
    void act(() => order(after), { text: t('moved'), undo: () => order(before) })
  }
  const params = ({ id }: OwnField) => ({ params: { fieldId: id } })
  const archive = (field: OwnField) =>
    void act(() => call('DELETE /contact-fields/{fieldId}', params(field)), {
      text: t('archived', { field: field.label }),
      undo: async () => {
        await call('POST /contact-fields/{fieldId}/restore', params(field))
        await refresh()
      },
    })
  const restore = (field: OwnField) =>
    void act(() => call('POST /contact-fields/{fieldId}/restore', params(field)), { text: t('restored', { field: field.label }) })

  const addButton = (
    <Button icon="plus" onClick={() => setOpen('new')}>
      {t('add')}
    </Button>
  )
  return (
    <>
      <Section title={t('fields')} intro={t('fieldsIntro')} actions={may && inUse.length > 0 && addButton}>
        {inUse.length === 0 ? (
          <EmptyState icon="tag" action={may && addButton}>
            {t('fieldsEmpty')}
          </EmptyState>
        ) : (
          <ul className="grid divide-y divide-line">
            {inUse.map((field, at) => (
              <li key={field.id} className="flex flex-wrap items-start gap-x-3 gap-y-1 py-3">
                <FieldFacts field={field} />
                {may && (
                  <span className="flex items-center">
                    <IconButton
                      name={t('moveUp', { field: field.label })}
                      icon="chevronUp"
                      disabled={at === 0}
                      onClick={() => move(field, -1)}
                    />
                    <IconButton
                      name={t('moveDown', { field: field.label })}
                      icon="chevronDown"
                      disabled={at === inUse.length - 1}
                      onClick={() => move(field, 1)}
                    />
                    <IconButton name={t('changeField', { field: field.label })} icon="edit" onClick={() => setOpen(field)} />
                    <IconButton name={t('archiveField', { field: field.label })} icon="archive" onClick={() => archive(field)} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {archived.length > 0 && (
        <Section title={t('archivedFields')} intro={t('archivedIntro')}>
          <ul className="grid divide-y divide-line">
            {archived.map((field) => (
              <li key={field.id} className="flex flex-wrap items-center gap-3 py-2">
                <FieldFacts field={field} />
                {may && (
                  <Button size="sm" icon="undo" aria-label={t('restoreField', { field: field.label })} onClick={() => restore(field)}>
                    {t('restore')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {open && <FieldSheet field={open === 'new' ? undefined : open} fields={inUse} onClose={() => setOpen(undefined)} />}
    </>
  )
}

function FieldFacts({ field }: { readonly field: OwnField }) {
  const t = useWords(fieldsWords)
  const offered = field.choices.filter(({ archived }) => !archived)
  return (
    <div className="grid min-w-40 flex-1 gap-1 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium">
          <bdi>{field.label}</bdi>
        </h3>
        {field.required && <Badge tone="accent">{t('required')}</Badge>}
        {field.filter === 'ready' && (
          <Badge tone="outline" icon="filter">
            {t('filterReady')}
          </Badge>
        )}
        {field.filter === 'building' && (
          <Badge tone="wait" icon="clock">
            {t('filterBuilding')}
          </Badge>
        )}
      </div>
      <p className="text-ink-2">
        {[t(`type/${field.type}`), field.currency, t(`category/${field.category}`), field.group].filter(Boolean).join(' · ')}
      </p>
      {offered.length > 0 && (
        <p className="flex flex-wrap gap-1">
          {offered.map((choice) => (
            <Tag key={choice.key} hue={choice.hue}>
              {choice.label}
            </Tag>
          ))}
        </p>
      )}
    </div>
  )
}
