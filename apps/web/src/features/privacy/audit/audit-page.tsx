import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { More } from '../../../ui/table.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { contactQuery, membersQuery } from '../../contacts/queries.ts'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { ChainSection } from './chain-section.tsx'
import { type AuditFilter, type AuditLine, auditQuery } from './queries.ts'
import { actionWords, auditWords } from './words.ts'

const route = getRouteApi('/w/$workspace/privacy/audit')
const kinds = ['seen', 'changed', 'exported'] as const

/** Who saw, changed and exported what: of the whole workspace, or of the contact that the address names. */
export function AuditPage() {
  const room = useWords(roomWords)
  const { contact } = route.useSearch()
  return (
    <PrivacyPane title={room('page/audit')}>
      <Acts key={contact ?? ''} contactId={contact ?? ''} />
      <ChainSection />
    </PrivacyPane>
  )
}

function Acts({ contactId }: { readonly contactId: string }) {
  const t = useWords(auditWords)
  const [filter, setFilter] = useState<AuditFilter>({ contactId, kind: '', memberId: '', from: '', to: '' })
  const asked = useInfiniteQuery(auditQuery(filter))
  const members = useQuery(membersQuery).data?.items ?? []
  const set = (change: Partial<AuditFilter>) => setFilter((before) => ({ ...before, ...change }))
  return (
    <Section title={t(contactId ? 'ofContact' : 'acts')} intro={t('actsIntro')}>
      {contactId !== '' && <AboutWhom contactId={contactId} />}
      <div className="grid gap-3 desk:grid-cols-2">
        <Select
          label={t('what')}
          value={filter.kind}
          onChange={(kind) => set({ kind })}
          options={[{ value: '', label: t('everything') }, ...kinds.map((kind) => ({ value: kind, label: t(`kind/${kind}`) }))]}
        />
        <Select
          label={t('who')}
          value={filter.memberId}
          onChange={(memberId) => set({ memberId })}
          options={[{ value: '', label: t('everybody') }, ...members.map(({ id, name }) => ({ value: id as string, label: name }))]}
        />
        <DateField label={t('from')} value={filter.from} onChange={(from) => set({ from })} />
        <DateField label={t('to')} value={filter.to} onChange={(to) => set({ to })} />
      </div>
      <Asked asked={asked} lines={6}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon="search">{t('nothing')}</EmptyState>
          ) : (
            <>
              <ul className="grid divide-y divide-line">
                {rowsOf(data).map((line) => (
                  <ActRow key={line.id} line={line} names={members} linked={contactId === ''} />
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

/** Whose acts these are, with the way to her and the way to all. */
function AboutWhom({ contactId }: { readonly contactId: string }) {
  const t = useWords(auditWords)
  const { slug } = useWorkspace()
  const contact = useQuery(contactQuery(contactId)).data
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <Link to="/w/$workspace/contacts/$contactId" params={{ workspace: slug, contactId }} className={linkLook}>
        <bdi>{contact?.name ?? t('toContact')}</bdi>
      </Link>
      <Link to="/w/$workspace/privacy/audit" params={{ workspace: slug }} search={{}} className={linkLook}>
        {t('ofAll')}
      </Link>
    </p>
  )
}

const tones = { done: 'neutral', refused: 'wait', failed: 'no' } as const

type ActRowProps = {
  readonly line: AuditLine
  readonly names: readonly { readonly id: string; readonly name: string }[]
  /** Whether a contact is a way to go on; not where all of it is about her. */
  readonly linked: boolean
}

function ActRow({ line, names, linked }: ActRowProps) {
  const t = useWords(auditWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  const who =
    line.actor.kind === 'member' ? (names.find(({ id }) => id === line.actor.id)?.name ?? t('actor/gone')) : t(`actor/${line.actor.kind}`)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5 text-sm">
      <span className="grid min-w-48 flex-1">
        <span>
          {actionWords(line.action, t)}
          {line.object.type === 'route' && <bdi className="ms-1.5 font-mono text-xs">{line.object.id}</bdi>}
        </span>
        <span className="text-xs text-ink-3">
          <bdi>{who}</bdi> · {formats.dateTime(line.at)}
          {line.sequence !== null && <> · {t('number', { number: line.sequence })}</>}
        </span>
      </span>
      {linked && line.object.type === 'contact' && (
        <Link
          to="/w/$workspace/contacts/$contactId"
          params={{ workspace: slug, contactId: line.object.id }}
          className={linkLook}
          aria-label={t('toContactOf', { act: actionWords(line.action, t), when: formats.dateTime(line.at) })}
        >
          {t('toContact')}
        </Link>
      )}
      {line.result !== 'done' && <Badge tone={tones[line.result]}>{t(`result/${line.result}`)}</Badge>}
      <Badge tone="neutral">{t(`kind/${line.kind}`)}</Badge>
    </li>
  )
}
