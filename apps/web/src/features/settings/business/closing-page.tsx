import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { meQuery, useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { Section } from '../../../ui/section.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { workspaceQuery } from './queries.ts'
import { businessWords } from './words.ts'

/** Closing the workspace: what will be gone and when, and how to keep it after all. */
export function ClosingPage() {
  const shared = useWords(settingsWords)
  const { closesAt } = useWorkspace()
  return <SettingsPane title={shared('page/closing')}>{closesAt ? <Closing at={closesAt} /> : <Open />}</SettingsPane>
}

function useClosing() {
  const queries = useQueryClient()
  const notices = useNotices()
  const explain = useExplain()
  const [busy, setBusy] = useState(false)
  const act = async (
    work: () => Promise<Awaited<ReturnType<typeof call<'GET /workspace'>>>>,
    said: (closesAt: string | null) => string,
  ) => {
    setBusy(true)
    try {
      const answer = await work()
      queries.setQueryData(workspaceQuery.queryKey, answer)
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      notices.show({ tone: 'ok', text: said(answer.closesAt) })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      setBusy(false)
    }
  }
  return { busy, act }
}

function Open() {
  const t = useWords(businessWords)
  const formats = useFormats()
  const { name } = useWorkspace()
  const { confirmed, dialog } = useConfirmation()
  const { busy, act } = useClosing()
  const [asking, setAsking] = useState(false)
  const close = async () => {
    setAsking(false)
    await act(
      () => confirmed(() => call('POST /workspace/closing')),
      (at) => t('closedSaid', { name, date: at ? formats.date(at) : '' }),
    )
  }
  return (
    <Section title={t('closeTitle', { name })} intro={t('closeIntro')}>
      <ul className="grid max-w-[64ch] list-disc gap-2 ps-5 text-sm marker:text-ink-3">
        <li>{t('closeNow')}</li>
        <li>{t('closeLater')}</li>
        <li>{t('closeStays')}</li>
      </ul>
      <p className="max-w-[64ch] text-sm">{t('closeUntil')}</p>
      <span>
        <Button variant="danger" busy={busy} onClick={() => setAsking(true)}>
          {t('closeDo')}
        </Button>
      </span>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('closeAsk', { name })}
        description={t('closeAskText')}
        action={t('closeDo')}
        word={name}
        onConfirm={() => void close()}
      />
      {dialog}
    </Section>
  )
}

function Closing({ at }: { readonly at: string }) {
  const t = useWords(businessWords)
  const formats = useFormats()
  const { name } = useWorkspace()
  const { busy, act } = useClosing()
  const reopen = () =>
    act(
      () => call('DELETE /workspace/closing'),
      () => t('reopened', { name }),
    )
  return (
    <Section title={t('closingTitle')}>
      <Note tone="wait">{t('closingText', { date: formats.date(at) })}</Note>
      <span>
        <Button variant="solid" busy={busy} onClick={() => void reopen()}>
          {t('reopen')}
        </Button>
      </span>
    </Section>
  )
}
