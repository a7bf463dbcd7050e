import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { More } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { type Contact, membersQuery } from '../../contacts/queries.ts'
import { rowsOf } from '../../settings/business/queries.ts'
import { type SensitiveValue, sensitiveRevealsQuery, sensitiveValuesQuery } from './queries.ts'
import { RevealDialog } from './reveal-dialog.tsx'
import { ShownValue } from './shown-value.tsx'
import { sensitiveWords } from './words.ts'
import { WriteValueDialog } from './write-value-dialog.tsx'

const seesReveals: readonly string[] = ['owner', 'admin', 'privacy_officer', 'auditor']

/** A contact's protected fields: masked, seen in full for a reason and for a short while, and who saw them. */
export function ContactSensitive({ contact }: { readonly contact: Contact }) {
  const t = useWords(sensitiveWords)
  const explain = useExplain()
  const { role, slug } = useWorkspace()
  const asked = useQuery(sensitiveValuesQuery(contact.id))
  const items = asked.data?.items ?? []
  return (
    <div className="grid gap-4 pt-4">
      {asked.isError && !asked.data && (
        <Note tone="no" role="alert">
          {t('failed', { reason: explain(asked.error).message })}
        </Note>
      )}
      {asked.isPending && <TextSkeleton lines={3} />}
      {asked.data && items.length === 0 && <EmptyState icon="lock">{t('noFields')}</EmptyState>}
      {items.length > 0 && (
        <ul className="grid divide-y divide-line">
          {items.map((value) => (
            <li key={value.fieldId}>
              <ValueRow contact={contact} value={value} />
            </li>
          ))}
        </ul>
      )}
      {seesReveals.includes(role) && <Reveals contact={contact} />}
      {seesReveals.includes(role) && (
        <Link to="/w/$workspace/privacy/audit" params={{ workspace: slug }} search={{ contact: contact.id }} className={linkLook}>
          {t('toAudit')}
        </Link>
      )}
    </div>
  )
}

function ValueRow({ contact, value }: { readonly contact: Contact; readonly value: SensitiveValue }) {
  const t = useWords(sensitiveWords)
  const formats = useFormats()
  const [open, setOpen] = useState<'reveal' | 'write' | 'remove'>()
  const [shown, setShown] = useState<{ readonly value: string; readonly showFor: number }>()
  const close = () => setOpen(undefined)
  return (
    <div className="grid gap-1.5 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h3 className="min-w-32 flex-1 font-medium">
          <bdi>{value.label}</bdi>
        </h3>
        <span className="tabular-nums">{value.masked === null ? t('empty') : <bdi>{value.masked}</bdi>}</span>
        {value.mayReveal && (
          <Button size="sm" icon="eye" onClick={() => setOpen('reveal')} aria-label={t('revealOf', { field: value.label })}>
            {t('reveal')}
          </Button>
        )}
        {value.mayWrite && (
          <Button
            size="sm"
            icon="edit"
            onClick={() => setOpen('write')}
            aria-label={t(value.masked === null ? 'writeOf' : 'changeField', { field: value.label })}
          >
            {value.masked === null ? t('write') : t('change')}
          </Button>
        )}
        {value.masked !== null && (value.mayWrite || value.keptUntil) && (
          <Button size="sm" icon="trash" onClick={() => setOpen('remove')} aria-label={t('removeOf', { field: value.label })}>
            {t('remove')}
          </Button>
        )}
      </div>
      {shown && <ShownValue {...shown} label={value.label} onHide={() => setShown(undefined)} />}
      <p className="text-xs text-ink-3">
        <bdi>{value.why}</bdi>
        {value.recordedAt && <> · {t('recorded', { when: formats.date(value.recordedAt) })}</>}
      </p>
      {value.keptUntil && <Note tone="wait">{t('keptUntil', { date: formats.date(value.keptUntil) })}</Note>}
      {open === 'reveal' && (
        <RevealDialog
          contact={contact}
          value={value}
          onClose={close}
          onShown={(seen) => {
            setShown(seen)
            close()
          }}
        />
      )}
      {open === 'write' && <WriteValueDialog contact={contact} value={value} onClose={close} />}
      {open === 'remove' && <RemoveValue contact={contact} value={value} onClose={close} />}
    </div>
  )
}

function RemoveValue({
  contact,
  value,
  onClose,
}: {
  readonly contact: Contact
  readonly value: SensitiveValue
  readonly onClose: () => void
}) {
  const t = useWords(sensitiveWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const [busy, setBusy] = useState(false)
  const remove = async () => {
    setBusy(true)
    try {
      await call('DELETE /contacts/{contactId}/sensitive-values/{fieldId}', { params: { contactId: contact.id, fieldId: value.fieldId } })
      await queries.invalidateQueries({ queryKey: sensitiveValuesQuery(contact.id).queryKey })
      notices.show({ tone: 'ok', text: t('removed', { field: value.label }) })
      onClose()
    } catch (error) {
      setBusy(false)
      notices.show({ tone: 'no', text: t('failed', { reason: explain(error).message }) })
    }
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('removeTitle', { field: value.label, name: contact.name })}
      description={t('removeIntro')}
      action={t('removeDo')}
      busy={busy}
      onConfirm={() => void remove()}
    />
  )
}

function Reveals({ contact }: { readonly contact: Contact }) {
  const t = useWords(sensitiveWords)
  const formats = useFormats()
  const asked = useInfiniteQuery(sensitiveRevealsQuery(contact.id))
  const members = useQuery(membersQuery).data?.items ?? []
  const rows = asked.data ? rowsOf(asked.data) : []
  if (rows.length === 0) return null
  const nameOf = (by: string) => members.find(({ id }) => `member:${id}` === by)?.name ?? t('somebody')
  return (
    <section className="grid gap-2">
      <h3 className="text-sm font-medium">{t('whoSaw')}</h3>
      <ul className="grid gap-2 text-sm">
        {rows.map((row) => (
          <li key={row.id} className="grid gap-0.5">
            <span>{t('saw', { who: nameOf(row.by), field: row.label })}</span>
            <span className="text-xs text-ink-3">
              {formats.dateTime(row.at)} · {t(`purpose/${row.purpose}`)} · <bdi className="wrap-anywhere">{row.reason}</bdi>
            </span>
          </li>
        ))}
      </ul>
      <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
    </section>
  )
}
