import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { DetailScreen } from '../../app/detail-screen.tsx'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { withTemporal } from '../../lib/temporal.ts'
import { Ago } from '../../ui/ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { DetailPane } from '../../ui/panes.tsx'
import { Facts, Section } from '../../ui/section.tsx'
import { Select } from '../../ui/select.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { membersQuery } from '../contacts/queries.ts'
import { readLeadsSearch } from './address.ts'
import { LeadChecklist } from './lead-checklist.tsx'
import { LeadForm } from './lead-form.tsx'
import { LeadSubmissions } from './lead-submissions.tsx'
import { mayWorkOnLeads } from './may-work.ts'
import { type Lead, leadQuery, pipelinesQuery } from './queries.ts'
import { useLeadActs } from './use-lead-acts.ts'
import { WaitingClock } from './waiting-clock.tsx'
import { leadsWords } from './words.ts'

const ContactTasks = lazy(() =>
  withTemporal(() => import('../contacts/tasks/contact-tasks.tsx')).then((file) => ({ default: file.ContactTasks })),
)
const LoseDialog = lazy(() => import('./lose-dialog.tsx').then((file) => ({ default: file.LoseDialog })))
const route = getRouteApi('/w/$workspace/leads/$leadId')

/** One lead: how it stands, what is known, and what comes next. */
export function LeadScreen() {
  const t = useWords(leadsWords)
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const { leadId } = route.useParams()
  const close = () => void navigate({ to: '/w/$workspace/leads', params: { workspace }, search: (before) => readLeadsSearch(before) })
  return (
    <DetailScreen
      asked={useQuery(leadQuery(leadId))}
      title={t('lead')}
      back={t('back')}
      onBack={close}
      failed={(reason) => t('leadFailed', { reason })}
      again={t('again')}
    >
      {(lead, back) => <OpenLead key={lead.id} lead={lead} back={back} onClose={close} />}
    </DetailScreen>
  )
}

function OpenLead({ lead, back, onClose }: { readonly lead: Lead; readonly back: ReactNode; readonly onClose: () => void }) {
  const t = useWords(leadsWords)
  const { slug: workspace, role } = useWorkspace()
  const acts = useLeadActs()
  const [losing, setLosing] = useState(false)
  const may = mayWorkOnLeads.includes(role)
  const open = lead.state === 'open'
  const remove = async () => {
    if (await acts.remove(lead)) onClose()
  }
  return (
    <DetailPane
      header={
        <PageHeader
          title={lead.contact.name}
          whole
          back={back}
          actions={
            <>
              {may && open && <IconButton name={t('remove')} icon="trash" onClick={() => void remove()} />}
              <span className="phone:hidden">
                <IconButton name={t('close')} icon="close" onClick={onClose} />
              </span>
            </>
          }
        />
      }
    >
      <div className="flex flex-wrap items-center gap-2 px-4 pt-4">
        {open && may && (
          <>
            <Button icon="check" onClick={() => void acts.win(lead)}>
              {t('win')}
            </Button>
            <Button icon="ban" onClick={() => setLosing(true)}>
              {t('lose')}
            </Button>
          </>
        )}
        {!open && <StateBadge lead={lead} />}
        {!open && may && lead.state !== 'merged' && (
          <Button icon="undo" onClick={() => void acts.reopen(lead)}>
            {t('reopen')}
          </Button>
        )}
        <Link
          to="/w/$workspace/contacts/$contactId"
          params={{ workspace, contactId: lead.contact.id }}
          search={{}}
          className="ms-auto text-sm text-link underline underline-offset-2"
        >
          {t('toContact')}
        </Link>
      </div>
      <Standing lead={lead} may={may} />
      <LeadForm lead={lead} may={may} />
      <Section title={t('tasks')} intro={t('tasksIntro', { name: lead.contact.name })}>
        <Suspense fallback={<TextSkeleton lines={2} />}>
          <ContactTasks contact={lead.contact} />
        </Suspense>
      </Section>
      <LeadSubmissions leadId={lead.id} />
      <LeadChecklist lead={lead} may={may} />
      <Suspense>{losing && <LoseDialog lead={lead} onClose={() => setLosing(false)} />}</Suspense>
    </DetailPane>
  )
}

function StateBadge({ lead }: { readonly lead: Lead }) {
  const t = useWords(leadsWords)
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-2 text-sm">
      <Badge tone={lead.state === 'won' ? 'ok' : 'neutral'} icon={lead.state === 'won' ? 'check' : 'ban'}>
        {t(`state/${lead.state}`)}
      </Badge>
      {lead.closedAt && <Ago at={lead.closedAt} className="text-ink-3" />}
      {lead.lostReason && <bdi className="text-ink-2">{lead.lostReason.label}</bdi>}
      {lead.lostNote && <bdi className="wrap-anywhere text-ink-2">{lead.lostNote}</bdi>}
    </span>
  )
}

/** The stage and who works on it, both changed where they stand. */
function Standing({ lead, may }: { readonly lead: Lead; readonly may: boolean }) {
  const t = useWords(leadsWords)
  const formats = useFormats()
  const acts = useLeadActs()
  const pipeline = useQuery(pipelinesQuery).data?.items.find(({ id }) => id === lead.pipelineId)
  const members = useQuery(membersQuery).data?.items ?? []
  const stage = pipeline?.stages.find(({ id }) => id === lead.stageId)
  const workers = members.filter((member) => mayWorkOnLeads.includes(member.role) || member.id === lead.ownerMemberId)
  const owner = members.find(({ id }) => id === lead.ownerMemberId)
  const editable = may && lead.state === 'open' && pipeline !== undefined
  return (
    <Section title={t('standing')}>
      {editable && (
        <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
          <Select
            label={t('stage')}
            value={lead.stageId}
            options={pipeline.stages.filter(({ kind }) => kind === 'open').map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(stageId) => void acts.move(lead, { stageId, belowLeadId: null })}
          />
          <Select
            label={t('owner')}
            value={lead.ownerMemberId ?? ''}
            options={[{ value: '', label: t('nobody') }, ...workers.map(({ id, name }) => ({ value: id as string, label: name }))]}
            onChange={(to) => void acts.assign(lead, to === '' ? null : to)}
          />
        </div>
      )}
      <Facts
        items={[
          ...(editable
            ? []
            : [
                { term: t('stage'), value: <bdi>{stage?.name ?? ''}</bdi> },
                { term: t('owner'), value: <bdi>{owner?.name ?? t('nobody')}</bdi> },
              ]),
          ...(stage?.kind === 'open' ? [{ term: t('probability'), value: formats.percent(stage.probability / 100) }] : []),
          { term: t('inStageSince'), value: <Ago at={lead.enteredStageAt} /> },
          { term: t('createdAt'), value: <Ago at={lead.createdAt} /> },
          {
            term: t('firstTouch'),
            value: lead.firstTouchAt ? (
              <Ago at={lead.firstTouchAt} />
            ) : lead.state === 'open' ? (
              <WaitingClock lead={lead} />
            ) : (
              t('noTouchYet')
            ),
          },
        ]}
      />
    </Section>
  )
}
