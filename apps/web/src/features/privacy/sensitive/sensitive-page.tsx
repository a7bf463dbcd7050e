import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { More } from '../../../ui/table.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { accessWords } from '../../settings/business/access-words.ts'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { EndFieldDialog } from './end-field-dialog.tsx'
import { FieldDialog } from './field-dialog.tsx'
import { type MaskedNumber, maskedNumbersQuery, type SensitiveField, type SensitiveFields, sensitiveFieldsQuery } from './queries.ts'
import { sensitiveWords } from './words.ts'

/** Protected fields: what is kept on which ground, and who sees it in full; and what came from outside and was masked. */
export function SensitivePage() {
  const room = useWords(roomWords)
  const asked = useQuery(sensitiveFieldsQuery)
  return (
    <PrivacyPane title={room('page/sensitive')}>
      <Asked asked={asked} lines={6}>
        {(fields) => <FieldsSection fields={fields} />}
      </Asked>
      <MaskedSection />
    </PrivacyPane>
  )
}

type Open = { readonly what: 'declare' } | { readonly what: 'change' | 'end'; readonly field: SensitiveField }

function FieldsSection({ fields }: { readonly fields: SensitiveFields }) {
  const t = useWords(sensitiveWords)
  const { role, slug } = useWorkspace()
  const may = role === 'owner' || role === 'privacy_officer'
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  return (
    <Section
      title={t('fields')}
      intro={t('fieldsIntro')}
      actions={
        may && (
          <Button icon="plus" onClick={() => setOpen({ what: 'declare' })}>
            {t('declare')}
          </Button>
        )
      }
    >
      {fields.taxIds === 'off' && (
        <Note tone="wait">
          {t('taxOff')}{' '}
          <Link to="/w/$workspace/privacy/choices" params={{ workspace: slug }} className={linkLook}>
            {t('toSettings')}
          </Link>
        </Note>
      )}
      {fields.items.length === 0 ? (
        <EmptyState icon="lock">{t('fieldsEmpty')}</EmptyState>
      ) : (
        <ul className="grid divide-y divide-line">
          {fields.items.map((field) => (
            <FieldRow
              key={field.id}
              field={field}
              onChange={may ? () => setOpen({ what: 'change', field }) : undefined}
              onEnd={may && field.endedAt === null ? () => setOpen({ what: 'end', field }) : undefined}
            />
          ))}
        </ul>
      )}
      {open?.what === 'declare' && <FieldDialog fields={fields} onClose={close} />}
      {open?.what === 'change' && <FieldDialog fields={fields} field={open.field} onClose={close} />}
      {open?.what === 'end' && <EndFieldDialog field={open.field} onClose={close} />}
    </Section>
  )
}

type FieldRowProps = {
  readonly field: SensitiveField
  readonly onChange: (() => void) | undefined
  readonly onEnd: (() => void) | undefined
}

function FieldRow({ field, onChange, onEnd }: FieldRowProps) {
  const t = useWords(sensitiveWords)
  const roles = useWords(accessWords)
  return (
    <li className="grid gap-1 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-40 flex-1 font-medium">
          <bdi>{field.label}</bdi>
        </h3>
        {field.endedAt && <Badge tone="neutral">{t('ended')}</Badge>}
        {onChange && (
          <Button size="sm" onClick={onChange} aria-label={t('changeField', { field: field.label })}>
            {t('change')}
          </Button>
        )}
        {onEnd && (
          <Button size="sm" onClick={onEnd} aria-label={t('endField', { field: field.label })}>
            {t('end')}
          </Button>
        )}
      </div>
      <p className="text-ink-2">
        {t(`kind/${field.kind}`)} · {t(`ground/${field.ground}`)} · {t('values', { count: field.values })}
      </p>
      <p className="text-xs wrap-anywhere text-ink-3">
        <bdi>{field.why}</bdi> · {t('seenBy', { roles: field.readers.map((reader) => roles(`role/${reader}`)).join(', ') })}
      </p>
    </li>
  )
}

/** Card and Social Security numbers that people outside typed, masked before they were kept. */
function MaskedSection() {
  const t = useWords(sensitiveWords)
  const asked = useInfiniteQuery(maskedNumbersQuery)
  return (
    <Section title={t('masked')} intro={t('maskedIntro')}>
      <Asked asked={asked} lines={2}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon="shield">{t('maskedEmpty')}</EmptyState>
          ) : (
            <>
              <ul className="grid divide-y divide-line">
                {rowsOf(data).map((row) => (
                  <MaskedRow key={row.id} row={row} />
                ))}
              </ul>
              <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
            </>
          )
        }
      </Asked>
    </Section>
  )
}

function MaskedRow({ row }: { readonly row: MaskedNumber }) {
  const t = useWords(sensitiveWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  return (
    <li className="flex flex-wrap gap-x-3 gap-y-1 py-2 text-sm">
      <span className="min-w-48 flex-1">{t('maskedIn', { number: t(`number/${row.kind}`), where: t(`source/${row.source}`) })}</span>
      {row.contactId && (
        <Link to="/w/$workspace/contacts/$contactId" params={{ workspace: slug, contactId: row.contactId }} className={linkLook}>
          {t('toContact')}
        </Link>
      )}
      <span className="text-ink-3">{formats.dateTime(row.at)}</span>
    </li>
  )
}
