import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { mayContactWords } from '../../contacts/may-contact-words.ts'
import { type Contact, membersQuery } from '../../contacts/queries.ts'
import { saveProof } from './proof-file.ts'
import type { ConsentEntry } from './queries.ts'
import { consentWords } from './words.ts'

/** Who may look at proofs; the server asks again. */
const seesProofs: readonly string[] = ['owner', 'admin', 'manager', 'privacy_officer', 'auditor']

/** One entry of the ledger: what, for which address, in which form and words, and whether it stands. */
export function ConsentCard({ entry, contact }: { readonly entry: ConsentEntry; readonly contact: Contact }) {
  const t = useWords(consentWords)
  const formats = useFormats()
  const way = useWayWords()(entry)
  const { role } = useWorkspace()
  const recorder = useRecorder()
  const point = contact.points.find(({ id }) => id === entry.pointId)
  const given = entry.action === 'given'
  return (
    <article className="grid gap-1.5 rounded-lg border border-line bg-raised px-4 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 flex-1 font-medium">{way}</h3>
        {given ? (
          <Badge tone={entry.stands ? 'ok' : 'neutral'} icon={entry.stands ? 'check' : 'close'}>
            {t(entry.stands ? 'stands/yes' : 'stands/no')}
          </Badge>
        ) : (
          <Badge tone="neutral" icon="undo">
            {t('stands/withdrawn')}
          </Badge>
        )}
      </div>
      <p className="text-ink-2">
        {point ? <bdi>{point.shown}</bdi> : t('gone')}
        {entry.level && <> · {t(`level/${entry.level}`)}</>}
        {entry.automated && <> · {t('automated')}</>}
      </p>
      <p className="text-xs text-ink-3">
        {t('agreed', { when: formats.dateTime(entry.at), how: t(`how/${entry.how}`) })}
        {entry.place && <> · {t('place', { place: entry.place })}</>}
        {entry.signedName && <> · {t('signed', { name: entry.signedName })}</>}
        {entry.expiresAt && <> · {t('until', { when: formats.date(entry.expiresAt) })}</>}
        {' · '}
        {t('recordedBy', { who: recorder(entry.recordedBy) })}
      </p>
      {entry.wording && (
        <details>
          <summary className="cursor-pointer text-xs font-medium text-ink-2">{t('words')}</summary>
          <blockquote lang={entry.wording.locale} className="mt-1 border-s-2 border-line-strong ps-3">
            {entry.wording.words}
          </blockquote>
          <p className="mt-1 text-xs wrap-anywhere text-ink-3">
            {t('edition', { edition: entry.wording.edition })} · {t('hash', { hash: entry.wording.sha256 })}
          </p>
        </details>
      )}
      <div className="flex flex-wrap gap-2 empty:hidden">
        {entry.hasProof && seesProofs.includes(role) && <ProofButton consentId={entry.id} />}
        {entry.stands && <WithdrawButton entry={entry} contact={contact} way={way} />}
      </div>
    </article>
  )
}

function ProofButton({ consentId }: { readonly consentId: string }) {
  const t = useWords(consentWords)
  const explain = useExplain()
  const notices = useNotices()
  const [busy, setBusy] = useState(false)
  const show = async () => {
    setBusy(true)
    try {
      saveProof(await call('GET /consents/{consentId}/proof', { params: { consentId } }))
    } catch (error) {
      notices.show({ tone: 'no', text: t('proofFailed', { reason: explain(error).message }) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="sm" busy={busy} onClick={() => void show()}>
      {t('proof')}
    </Button>
  )
}

/** Taking back is one press, and undone only by recording the consent anew. */
function WithdrawButton({ entry, contact, way }: { readonly entry: ConsentEntry; readonly contact: Contact; readonly way: string }) {
  const t = useWords(consentWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const withdraw = async () => {
    setBusy(true)
    try {
      await call('POST /contacts/{contactId}/consents/withdraw', {
        params: { contactId: contact.id },
        body: { channel: entry.channel, purpose: entry.purpose, ...(entry.pointId ? { pointId: entry.pointId } : {}) },
      })
      await queries.invalidateQueries({ queryKey: ['contacts'] })
      notices.show({ tone: 'ok', text: t('withdrawn', { way }) })
    } catch (error) {
      notices.show({ tone: 'no', text: t('withdrawFailed', { reason: explain(error).message }) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="sm" icon="undo" busy={busy} onClick={() => void withdraw()}>
      {t('withdraw')}
    </Button>
  )
}

/** "Text about bookings". */
export function useWayWords(): (way: Pick<ConsentEntry, 'channel' | 'purpose'>) => string {
  const t = useWords(mayContactWords)
  return ({ channel, purpose }) => t('wayFor', { channel: t(`channel/${channel}`), purpose: t(`purpose/${purpose}`) })
}

function useRecorder(): (by: ConsentEntry['recordedBy']) => string {
  const t = useWords(consentWords)
  const members = useQuery(membersQuery).data?.items ?? []
  return ({ kind, id }) => {
    if (kind === 'member') return members.find((member) => member.id === id)?.name ?? t('somebody')
    return kind === 'visitor' || kind === 'contact_link' ? t('herself') : t('system')
  }
}
