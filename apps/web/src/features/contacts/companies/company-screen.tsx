import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { DetailScreen } from '../../../app/detail-screen.tsx'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Avatar } from '../../../ui/avatar.tsx'
import { Note } from '../../../ui/banner.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { List, rowLook, rowProps } from '../../../ui/list.tsx'
import { Name } from '../../../ui/name.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { DetailPane } from '../../../ui/panes.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { More } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { CompanySheet } from './company-sheet.tsx'
import { mayWriteCompanies } from './may-write.ts'
import { type Company, companyContactsQuery, companyQuery } from './queries.ts'
import { companiesWords } from './words.ts'

const route = getRouteApi('/w/$workspace/contacts/companies/$companyId')

/** One company: what is known of it, and who belongs to it. */
export function CompanyScreen() {
  const t = useWords(companiesWords)
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const { companyId } = route.useParams()
  return (
    <DetailScreen
      asked={useQuery(companyQuery(companyId))}
      title={t('companies')}
      back={t('back')}
      onBack={() => void navigate({ to: '/w/$workspace/contacts/companies', params: { workspace }, search: {} })}
      failed={(reason) => t('failed', { reason })}
      again={t('again')}
    >
      {(company, back) => <OpenCompany key={company.id} company={company} back={back} />}
    </DetailScreen>
  )
}

function OpenCompany({ company, back }: { readonly company: Company; readonly back: ReactNode }) {
  const t = useWords(companiesWords)
  const { slug: workspace, role } = useWorkspace()
  const navigate = useNavigate()
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const [editing, setEditing] = useState(false)
  const params = { companyId: company.id }
  const put = async (name: 'DELETE /companies/{companyId}' | 'POST /companies/{companyId}/restore') => {
    queries.setQueryData(companyQuery(company.id).queryKey, await call(name, { params }))
    await queries.invalidateQueries({ queryKey: ['companies'] })
  }
  const archive = async (away: boolean) => {
    try {
      await put(away ? 'DELETE /companies/{companyId}' : 'POST /companies/{companyId}/restore')
      if (away) notices.show({ text: t('archivedDone', { name: company.name }), undo: () => put('POST /companies/{companyId}/restore') })
      else notices.show({ tone: 'ok', text: t('restoredDone', { name: company.name }) })
    } catch (error) {
      notices.show({ tone: 'no', text: t('failed', { reason: explain(error).message }) })
    }
  }
  const nothing = <span className="text-ink-3">{t('nothing')}</span>
  const away = company.archivedAt !== null
  const actions = mayWriteCompanies.includes(role) && (
    <>
      <IconButton name={t('edit')} icon="edit" onClick={() => setEditing(true)} />
      <IconButton name={t(away ? 'restore' : 'archive')} icon={away ? 'undo' : 'archive'} onClick={() => void archive(!away)} />
    </>
  )
  return (
    <DetailPane header={<PageHeader title={company.name} back={back} actions={actions} />}>
      {company.archivedAt && (
        <div className="px-4 pt-4">
          <Note icon="archive">{t.parts('isArchived', { when: <Ago key="when" at={company.archivedAt} /> })}</Note>
        </div>
      )}
      <Section title={company.name}>
        <Facts
          items={[
            {
              term: t('domain'),
              value: company.domain ? (
                <a
                  href={`https://${company.domain}`}
                  target="_blank"
                  rel="noopener noreferrer nofollow"
                  className="text-link underline underline-offset-2"
                >
                  <bdi dir="ltr">{company.domain}</bdi>
                </a>
              ) : (
                nothing
              ),
            },
            { term: t('phone'), value: company.phone ? <bdi dir="ltr">{company.phone.shown}</bdi> : nothing },
            { term: t('address'), value: company.address ? <bdi className="whitespace-pre-line">{company.address}</bdi> : nothing },
          ]}
        />
      </Section>
      <Belonging company={company} />
      {editing && (
        <CompanySheet
          company={company}
          onClose={() => setEditing(false)}
          onSaved={() => undefined}
          onOpen={(companyId) =>
            void navigate({ to: '/w/$workspace/contacts/companies/$companyId', params: { workspace, companyId }, search: {} })
          }
        />
      )}
    </DetailPane>
  )
}

/** Who belongs to a company, and what she is there. */
function Belonging({ company }: { readonly company: Company }) {
  const t = useWords(companiesWords)
  const explain = useExplain()
  const { slug: workspace } = useWorkspace()
  const asked = useInfiniteQuery(companyContactsQuery(company.id))
  const items = asked.data?.pages.flatMap((page) => page.items) ?? []
  const more = { hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }
  return (
    <Section title={t('contacts')} note={t('count', { count: company.contacts })}>
      {asked.isError && (
        <Note tone="no" role="alert">
          {t('failed', { reason: explain(asked.error).message })}
        </Note>
      )}
      {asked.isPending && <TextSkeleton lines={3} />}
      {asked.data && items.length === 0 && <p className="text-sm text-ink-2">{t('nobody')}</p>}
      {items.length > 0 && (
        <List label={t('contacts')} items={items} keyOf={({ contact }) => contact.id} end={<More {...more} />}>
          {({ contact, role }) => (
            <Link
              {...rowProps}
              to="/w/$workspace/contacts/$contactId"
              params={{ workspace, contactId: contact.id }}
              search={{}}
              className={rowLook}
            >
              <span className="row-span-2">
                <Avatar name={contact.name} id={contact.id} />
              </span>
              <Name cut className="font-strong">
                {contact.name}
              </Name>
              <span className="truncate text-ink-2">
                <bdi>{[role, contact.phoneShown ?? contact.email].filter(Boolean).join(' · ') || ' '}</bdi>
              </span>
            </Link>
          )}
        </List>
      )}
    </Section>
  )
}
