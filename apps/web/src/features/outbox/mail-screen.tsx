import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { DetailScreen } from '../../app/detail-screen.tsx'
import { call } from '../../lib/api.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { When } from '../../ui/ago.tsx'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { DetailPane } from '../../ui/panes.tsx'
import { Facts } from '../../ui/section.tsx'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { readOutboxSearch } from './address.ts'
import { MailFrame } from './mail-frame.tsx'
import { MailStateBadge } from './mail-state.tsx'
import { type Mail, mailQuery } from './queries.ts'
import { outboxWords } from './words.ts'

const route = getRouteApi('/w/$workspace/outbox/$mailId')

/** One mail, exactly as it goes out. */
export function MailScreen() {
  const t = useWords(outboxWords)
  const { slug: workspace } = useWorkspace()
  const { mailId } = route.useParams()
  const navigate = useNavigate()
  return (
    <DetailScreen
      asked={useQuery(mailQuery(mailId))}
      title={t('mails')}
      back={t('back')}
      onBack={() =>
        void navigate({
          to: '/w/$workspace/outbox',
          params: { workspace },
          search: (before) => readOutboxSearch({ ...before, view: undefined }),
        })
      }
      failed={(reason) => t('mailFailed', { reason })}
      again={t('again')}
    >
      {(mail, back) => <OpenMail key={mail.id} mail={mail} back={back} />}
    </DetailScreen>
  )
}

function OpenMail({ mail, back }: { readonly mail: Mail; readonly back: ReactNode }) {
  const t = useWords(outboxWords)
  const { slug: workspace } = useWorkspace()
  const link = 'text-link underline underline-offset-2'
  const facts: readonly (readonly [string, ReactNode] | false)[] = [
    [
      t('to'),
      <span key="to" className="flex flex-wrap items-center gap-x-3">
        <bdi dir="ltr">{mail.to}</bdi>
        {mail.contactId && (
          <Link to="/w/$workspace/contacts/$contactId" params={{ workspace, contactId: mail.contactId }} className={link}>
            {t('openContact')}
          </Link>
        )}
      </span>,
    ],
    [
      t('from'),
      <bdi key="from" dir="ltr">
        {mail.from}
      </bdi>,
    ],
    [t('written'), <When key="written" at={mail.createdAt} />],
    mail.sentAt !== null && [t('sentAt'), <When key="sent" at={mail.sentAt} />],
    mail.attempts > 1 && [t('tries'), String(mail.attempts)],
    mail.error !== null && [
      t('error'),
      <span key="error" dir="auto" className="text-no-ink">
        {mail.error}
      </span>,
    ],
  ]
  return (
    <DetailPane header={<PageHeader title={mail.subject || t('noSubject')} back={back} actions={<MailStateBadge state={mail.state} />} />}>
      <div className="grid gap-4 px-6 py-4 phone:px-4">
        <Facts items={facts.filter((fact) => fact !== false).map(([term, value]) => ({ term, value }))} />
        <Retry mail={mail} />
        {mail.attachments.length > 0 && <Attachments mail={mail} />}
      </div>
      {mail.confidential && mail.text === '' ? (
        <div className="px-6 phone:px-4">
          <Note icon="lock">{t('confidential')}</Note>
        </div>
      ) : (
        <Body mail={mail} />
      )}
    </DetailPane>
  )
}

function Retry({ mail }: { readonly mail: Mail }) {
  const t = useWords(outboxWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  if (mail.state !== 'failed') return null
  const retry = async () => {
    setBusy(true)
    try {
      await call('POST /outbox/{mailId}/retry', { params: { mailId: mail.id } })
      await queries.invalidateQueries({ queryKey: ['outbox'] })
      notices.show({ tone: 'ok', text: t('retried') })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      setBusy(false)
    }
  }
  return (
    <span>
      <Button icon="refresh" busy={busy} onClick={() => void retry()}>
        {t('retry')}
      </Button>
    </span>
  )
}

function Attachments({ mail }: { readonly mail: Mail }) {
  const t = useWords(outboxWords)
  const formats = useFormats()
  return (
    <ul aria-label={t('attachments')} className="flex flex-wrap gap-2">
      {mail.attachments.map((file) => (
        <li key={`${file.name} ${file.type}`} className="flex items-center gap-2 rounded-md border border-line px-3 py-1.5 text-sm">
          <Icon name={file.type.startsWith('text/calendar') ? 'calendar' : 'paperclip'} className="text-ink-3" />
          <bdi>{file.name || file.type.split(';')[0]}</bdi>
          <span className="figures text-xs text-ink-3">
            {t('size', { size: formats.number(Math.max(1, Math.round(file.size / 1024))) })}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Body({ mail }: { readonly mail: Mail }) {
  const t = useWords(outboxWords)
  const navigate = useNavigate()
  const { view = mail.html === null ? 'text' : 'html' } = readOutboxSearch(route.useSearch())
  const views = [...(mail.html === null ? [] : (['html'] as const)), 'text', 'headers'] as const
  return (
    <section aria-label={t('htmlTitle')} className="grid gap-3 border-t border-line px-6 py-4 phone:px-4">
      <span>
        <SegmentedControl
          label={t('view')}
          value={view}
          onChange={(next) => void navigate({ to: '.', search: (before) => readOutboxSearch({ ...before, view: next }), replace: true })}
          options={views.map((value) => ({ value, label: t(`view/${value}`) }))}
        />
      </span>
      {view === 'html' && mail.html !== null && (
        <>
          <MailFrame html={mail.html} title={t('htmlTitle')} />
          <p className="text-xs text-ink-3">{t('linksRest')}</p>
        </>
      )}
      {view === 'text' && (
        <pre dir="auto" className="rounded-lg border border-line bg-sunken p-4 font-sans text-sm whitespace-pre-wrap wrap-anywhere">
          {mail.text}
        </pre>
      )}
      {view === 'headers' && (
        <dl className="grid gap-x-4 gap-y-1 rounded-lg border border-line bg-sunken p-4 font-mono text-xs desk:grid-cols-[auto_minmax(0,1fr)]">
          {mail.headers.map(({ name, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat, and never move
            <div key={index} className="contents">
              <dt className="text-ink-3">{name}</dt>
              <dd className="wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
