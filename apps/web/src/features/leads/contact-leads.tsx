import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { List, rowLook, rowProps } from '../../ui/list.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { PartFailed } from '../contacts/part-failed.tsx'
import type { Contact } from '../contacts/queries.ts'
import { mayWorkOnLeads } from './may-work.ts'
import { contactLeadsQuery, type Lead, pipelinesQuery } from './queries.ts'
import { leadsWords } from './words.ts'

const NewLeadDialog = lazy(() => import('./new-lead-dialog.tsx').then((file) => ({ default: file.NewLeadDialog })))

/** The leads of a contact, on her card: open ones first. */
export function ContactLeads({ contact }: { readonly contact: Contact }) {
  const t = useWords(leadsWords)
  const { slug: workspace, role } = useWorkspace()
  const navigate = useNavigate()
  const [adding, setAdding] = useState(false)
  const asked = useQuery(contactLeadsQuery(contact.id))
  if (asked.isError && !asked.data) return <PartFailed error={asked.error} onAgain={() => void asked.refetch()} />
  if (!asked.data) {
    return (
      <div className="pt-6">
        <TextSkeleton lines={3} />
      </div>
    )
  }
  const may = mayWorkOnLeads.includes(role) && contact.archivedAt === null
  const items = asked.data.items.toSorted((one, other) => Number(other.state === 'open') - Number(one.state === 'open'))
  const add = may && (
    <Button icon="plus" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  return (
    <>
      {items.length === 0 ? (
        <EmptyState icon="flag" action={add}>
          {t('contactEmpty')}
        </EmptyState>
      ) : (
        <div className="grid justify-items-start gap-3 pt-4">
          {add}
          <div className="-mx-3 justify-self-stretch">
            <List label={t('leads')} items={items} keyOf={({ id }) => id}>
              {(lead) => <Row lead={lead} />}
            </List>
          </div>
        </div>
      )}
      <Suspense>
        {adding && (
          <NewLeadDialog
            contact={{ id: contact.id, name: contact.name }}
            onClose={() => setAdding(false)}
            onOpen={(leadId) => void navigate({ to: '/w/$workspace/leads/$leadId', params: { workspace, leadId }, search: {} })}
          />
        )}
      </Suspense>
    </>
  )
}

function Row({ lead }: { readonly lead: Lead }) {
  const t = useWords(leadsWords)
  const formats = useFormats()
  const { slug: workspace } = useWorkspace()
  const pipeline = useQuery(pipelinesQuery).data?.items.find(({ id }) => id === lead.pipelineId)
  const stage = pipeline?.stages.find(({ id }) => id === lead.stageId)
  return (
    <Link {...rowProps} to="/w/$workspace/leads/$leadId" params={{ workspace, leadId: lead.id }} search={{}} className={rowLook}>
      <span className="row-span-2">
        <Badge tone={lead.state === 'won' ? 'ok' : lead.state === 'open' ? 'accent' : 'neutral'}>{t(`state/${lead.state}`)}</Badge>
      </span>
      <span className="flex min-w-0 items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">
          <bdi>{lead.title ?? pipeline?.name ?? t('lead')}</bdi>
        </span>
        {lead.value && <span className="figures">{formats.money(lead.value, { short: true })}</span>}
      </span>
      <span className="truncate text-ink-2">
        <bdi>{[lead.state === 'lost' ? lead.lostReason?.label : stage?.name, lead.nextStep?.text].filter(Boolean).join(' · ') || ' '}</bdi>
      </span>
    </Link>
  )
}
