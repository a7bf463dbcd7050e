import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { ContactField } from './contact-field.tsx'
import { officeQuery, type RequestCase, requestQuery } from './queries.ts'
import { type RequestTranslator, requestWords } from './words.ts'

type Props = { readonly found: RequestCase; readonly may: boolean }

/** What is asked, by whom, who it is, and by which clock. */
export function CaseFacts({ found, may }: Props) {
  const t = useWords(requestWords)
  const formats = useFormats()
  return (
    <>
      <Section title={t('theCase')}>
        {found.details && <Letter text={found.details} />}
        <Facts
          items={[
            { term: t('requester'), value: <bdi>{found.requesterName ?? t('anonymous')}</bdi> },
            ...(found.requesterEmail ? [{ term: t('address'), value: <bdi>{found.requesterEmail}</bdi> }] : []),
            { term: t('for'), value: t(`for/${found.forWhom}`) },
            ...(found.agentName
              ? [{ term: t('agent'), value: <bdi>{[found.agentName, found.agentEmail].filter(Boolean).join(', ')}</bdi> }]
              : []),
            ...(found.agentAuthority ? [{ term: t('authority'), value: <bdi>{found.agentAuthority}</bdi> }] : []),
            { term: t('way'), value: `${t(`way/${found.receivedBy}`)}, ${formats.dateTime(found.receivedAt)}` },
            { term: t('region'), value: t(`region/${found.region}`) },
            { term: t('contact'), value: <WhoseData found={found} /> },
            ...(found.files.length > 0 ? [{ term: t('files'), value: <Files found={found} /> }] : []),
            { term: t('owner'), value: <Owner found={found} may={may} /> },
          ]}
        />
        {may && found.contactId === null && found.closedAt === null && <ChooseContact found={found} />}
      </Section>
      <Section title={t('proof')}>
        <Proof found={found} />
      </Section>
      <Section title={t('clock')}>
        <Clock found={found} />
      </Section>
      <Texts found={found} />
    </>
  )
}

function WhoseData({ found }: Pick<Props, 'found'>) {
  const t = useWords(requestWords)
  const { slug } = useWorkspace()
  if (found.contactId === null) return <span className="text-ink-3">{t('contactGone')}</span>
  return (
    <Link to="/w/$workspace/contacts/$contactId" params={{ workspace: slug, contactId: found.contactId }} className={linkLook}>
      {t('contactOpen')}
    </Link>
  )
}

function ChooseContact({ found }: Pick<Props, 'found'>) {
  const t = useWords(requestWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState('')
  const [problem, setProblem] = useState<string>()
  const choose = async (contactId: string) => {
    setChosen(contactId)
    setProblem(undefined)
    try {
      const changed = await call('POST /requests/{requestId}/contact', { params: { requestId: found.id }, body: { contactId } })
      queries.setQueryData(requestQuery(found.id).queryKey, changed)
    } catch (error) {
      setProblem(explain(error).message)
    }
  }
  return (
    <div className="grid gap-3">
      <Note tone="wait">{t('contactNone')}</Note>
      <ContactField label={t('choose')} value={chosen} onChange={(id) => void choose(id)} error={problem} />
    </div>
  )
}

function Files({ found }: Pick<Props, 'found'>) {
  const explain = useExplain()
  const [problem, setProblem] = useState<string>()
  const fetchFile = async ({ id, name }: RequestCase['files'][number]) => {
    try {
      const content = await call('GET /requests/{requestId}/files/{fileId}', { params: { requestId: found.id, fileId: id } })
      saveFile(name, new Blob([content], { type: 'application/octet-stream' }))
    } catch (error) {
      setProblem(explain(error).message)
    }
  }
  return (
    <span className="grid justify-items-start gap-1">
      {found.files.map((file) => (
        <Button key={file.id} size="sm" icon="paperclip" onClick={() => void fetchFile(file)}>
          <bdi>{file.name}</bdi>
        </Button>
      ))}
      {problem && (
        <Note tone="no" role="alert">
          {problem}
        </Note>
      )}
    </span>
  )
}

function Owner({ found, may }: Props) {
  const t = useWords(requestWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const office = useQuery(officeQuery)
  const able = office.data?.able ?? []
  const name = able.find(({ memberId }) => memberId === found.ownerMemberId)?.name ?? t('nobodyYet')
  if (!may || found.closedAt !== null || able.length === 0) return <bdi>{name}</bdi>
  const assign = async (memberId: string) => {
    try {
      const changed = await call('POST /requests/{requestId}/owner', {
        params: { requestId: found.id },
        body: { memberId: memberId === '' ? null : memberId },
      })
      queries.setQueryData(requestQuery(found.id).queryKey, changed)
      notices.show({ tone: 'ok', text: t('assigned') })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  return (
    <Select
      label={t('owner')}
      quiet
      value={(found.ownerMemberId ?? '') as string}
      onChange={(id) => void assign(id)}
      options={[{ value: '', label: t('nobodyYet') }, ...able.map((one) => ({ value: one.memberId as string, label: one.name }))]}
    />
  )
}

function Proof({ found }: Pick<Props, 'found'>) {
  const t = useWords(requestWords)
  const formats = useFormats()
  return (
    <div className="grid gap-2 text-sm">
      <p className="text-ink-2">{t(`proof/${found.proofLevel}`)}</p>
      {found.proofBecause && <p className="text-ink-2">{t('proofBecause', { why: found.proofBecause.replaceAll('_', ' ') })}</p>}
      <p className="font-medium">{found.verifiedHow ? t(`verified/${found.verifiedHow}`) : t('notVerified')}</p>
      {found.matched.length > 0 && <p>{t('matched', { what: formats.list(found.matched.map((one) => t(`point/${one}`))) })}</p>}
      {found.declaredAt && <p>{t('declared', { date: formats.date(found.declaredAt) })}</p>}
      {found.evidence && (
        <div className="grid gap-1">
          <Letter text={found.evidence} />
          <p className="text-xs text-ink-3">{t('evidenceGoes')}</p>
        </div>
      )}
    </div>
  )
}

function Clock({ found }: Pick<Props, 'found'>) {
  const t = useWords(requestWords)
  const formats = useFormats()
  return (
    <div className="grid gap-2 text-sm">
      <p>{regimeWords(t, found.regime)}</p>
      {found.extendBefore && <p className="text-ink-2">{t('extendUntil', { date: formats.plainDate(found.extendBefore) })}</p>}
      {found.extensionBecause && <p>{t('extendedBecause', { why: found.extensionBecause })}</p>}
      {found.pauses.map((pause) => (
        <p key={pause.from} className="text-ink-2">
          {t('pausedFor', { why: t(`pause/${pause.reason}`) })},{' '}
          {pause.until
            ? t('pausedSpan', { from: formats.date(pause.from), until: formats.date(pause.until) })
            : t('pausedSince', { from: formats.date(pause.from) })}
        </p>
      ))}
      <p className="text-xs text-ink-3">{t('calendars', { version: found.calendarVersion })}</p>
    </div>
  )
}

const regimeNames = ['complaint', 'gdpr.request', 'ccpa.request', 'ccpa.opt_out', 'pipeda.request', 'appeal'] as const

/** The rule of a clock in words; one of a newer server by its name. */
function regimeWords(t: RequestTranslator, regime: string): string {
  const known = regimeNames.find((one) => one === regime)
  return known ? t(`regime/${known}`) : regime
}

function Texts({ found }: Pick<Props, 'found'>) {
  const t = useWords(requestWords)
  const part = (title: string, text: string | null): ReactNode =>
    text !== null && (
      <Section title={title}>
        <Letter text={text} />
      </Section>
    )
  return (
    <>
      {part(found.refusalGround ? `${t('answerTitle')}: ${t(`ground/${found.refusalGround}`)}` : t('answerTitle'), found.answer)}
      {part(t('appealTitle'), found.appealReason)}
      {part(found.appealOutcome ? `${t('outcomeTitle')}: ${t(`outcome/${found.appealOutcome}`)}` : t('outcomeTitle'), found.outcome)}
    </>
  )
}

/** A text as somebody wrote it. */
function Letter({ text }: { readonly text: string }) {
  return (
    <p dir="auto" className="max-w-[72ch] border-s-2 border-line ps-3 text-sm wrap-anywhere whitespace-pre-line">
      {text}
    </p>
  )
}
