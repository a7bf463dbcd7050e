import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/section.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { type Retention, type RetentionPreview, retentionQuery } from './queries.ts'
import { retentionWords } from './words.ts'

/** What would go in the coming night, and the button that lets it. */
export function PreviewSection({ retention, may }: { readonly retention: Retention; readonly may: boolean }) {
  const t = useWords(retentionWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const formats = useFormats()
  const { role } = useWorkspace()
  const [seen, setSeen] = useState<{ readonly version: number; readonly preview: RetentionPreview }>()
  const [busy, setBusy] = useState<'look' | 'confirm'>()
  // What was seen under other periods is no preview any more.
  const preview = seen?.version === retention.version ? seen.preview : undefined
  const shown = preview?.rules.filter(({ due, held }) => due > 0 || held > 0) ?? []
  const act = async (what: 'look' | 'confirm', work: () => Promise<void>) => {
    setBusy(what)
    try {
      await work()
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      setBusy(undefined)
    }
  }
  const look = () =>
    act('look', async () => {
      setSeen({ version: retention.version, preview: await call('POST /retention/previews', {}) })
    })
  const confirm = (previewId: string) =>
    act('confirm', async () => {
      queries.setQueryData(retentionQuery.queryKey, await call('POST /retention/confirmation', { body: { previewId } }))
      notices.show({ tone: 'ok', text: t('confirmedNow') })
    })
  return (
    <Section
      title={t('preview')}
      intro={t('previewIntro')}
      actions={
        // Somebody who only reads for a while has nothing made.
        role !== 'auditor' && (
          <Button busy={busy === 'look'} onClick={() => void look()}>
            {t(preview ? 'lookAgain' : 'look')}
          </Button>
        )
      }
    >
      {preview && (
        <div className="grid gap-3" aria-live="polite">
          <p className="text-sm">{t('previewNight', { night: formats.dateTime(preview.night) })}</p>
          {shown.length === 0 ? (
            <p className="text-sm text-ink-2">{t('nothingDue')}</p>
          ) : (
            <ul className="grid divide-y divide-line">
              {shown.map((rule) => (
                <PreviewRow key={rule.rule} rule={rule} />
              ))}
            </ul>
          )}
          {may && !retention.confirmedAt && (
            <div className="grid justify-items-start gap-2">
              <p className="max-w-[64ch] text-sm text-ink-2">{t('confirmIntro')}</p>
              <Button variant="solid" busy={busy === 'confirm'} onClick={() => void confirm(preview.id)}>
                {t('confirm')}
              </Button>
            </div>
          )}
        </div>
      )}
    </Section>
  )
}

function PreviewRow({ rule }: { readonly rule: RetentionPreview['rules'][number] }) {
  const t = useWords(retentionWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  return (
    <li className="grid gap-1 py-3 text-sm">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{t(`rule/${rule.rule}`)}</span>
        <Badge tone={rule.due > 0 ? 'wait' : 'neutral'}>{t('due', { count: rule.due })}</Badge>
        {rule.held > 0 && <Badge tone="neutral">{t('held', { count: rule.held })}</Badge>}
      </span>
      {rule.samples.length > 0 && (
        <ul className="grid gap-0.5 text-xs text-ink-2" aria-label={t('oldest')}>
          {rule.samples.map((sample) => (
            <li key={`${sample.contactId} ${sample.at}`} className="flex flex-wrap gap-x-2">
              {sample.contactId && sample.name ? (
                <Link
                  to="/w/$workspace/contacts/$contactId"
                  params={{ workspace: slug, contactId: sample.contactId }}
                  className={`min-w-0 wrap-anywhere ${linkLook}`}
                >
                  <bdi>{sample.name}</bdi>
                </Link>
              ) : (
                <span>{t('nobody')}</span>
              )}
              <span className="text-ink-3">{formats.date(sample.at)}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
