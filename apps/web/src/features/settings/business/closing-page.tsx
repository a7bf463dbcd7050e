import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
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
import { TakeAlong } from './take-along.tsx'
import { businessWords } from './words.ts'

/** Closing the workspace: what will be gone and when, and how to keep it after all. */
export function ClosingPage() {
  const shared = useWords(settingsWords)
  const { closesAt, rests } = useWorkspace()
  return (
    <SettingsPane title={shared('page/closing')}>
      <TakeAlong />
      {closesAt ? <Closing at={closesAt} rests={rests} /> : <Rest />}
      {(!closesAt || rests) && <Close />}
    </SettingsPane>
  )
}

type ClosedWorkspace = Awaited<ReturnType<typeof call<'GET /workspace'>>>

function useClosing() {
  const queries = useQueryClient()
  const notices = useNotices()
  const explain = useExplain()
  const [busy, setBusy] = useState(false)
  const act = async (work: () => Promise<ClosedWorkspace>, said: (closesAt: string | null) => string) => {
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

/** For a while: all ends as when it is closed, and nothing is deleted. */
function Rest() {
  const t = useWords(businessWords)
  const { name } = useWorkspace()
  return (
    <Ending
      title={t('restTitle', { name })}
      intro={t('restIntro')}
      action={t('restDo')}
      ask={t('restAsk', { name })}
      askText={t('restAskText')}
      end={() => call('POST /workspace/deactivation')}
      said={(date) => t('restedSaid', { name, date })}
    />
  )
}

function Close() {
  const t = useWords(businessWords)
  const { name } = useWorkspace()
  return (
    <Ending
      title={t('closeTitle', { name })}
      intro={t('closeIntro')}
      action={t('closeDo')}
      danger
      ask={t('closeAsk', { name })}
      askText={t('closeAskText')}
      word={name}
      end={() => call('POST /workspace/closing')}
      said={(date) => t('closedSaid', { name, date })}
    >
      <ul className="grid max-w-[64ch] list-disc gap-2 ps-5 text-sm marker:text-ink-3">
        <li>{t('closeNow')}</li>
        <li>{t('closeLater')}</li>
        <li>{t('closeStays')}</li>
        <li>{t('closeProof')}</li>
      </ul>
      <p className="max-w-[64ch] text-sm">{t('closeUntil')}</p>
    </Ending>
  )
}

type EndingProps = {
  readonly title: string
  readonly intro: string
  /** The word on the button, and on that of the question. */
  readonly action: string
  readonly danger?: boolean
  readonly ask: string
  readonly askText: string
  /** Has to be typed before it is done. */
  readonly word?: string
  readonly end: () => Promise<ClosedWorkspace>
  readonly said: (date: string) => string
  readonly children?: ReactNode
}

/** One way to end it: what happens, a button, and a question before it is done. */
function Ending({ title, intro, action, danger = false, ask, askText, word, end, said, children }: EndingProps) {
  const formats = useFormats()
  const { confirmed, dialog } = useConfirmation()
  const { busy, act } = useClosing()
  const [asking, setAsking] = useState(false)
  const doIt = async () => {
    setAsking(false)
    await act(
      () => confirmed(end),
      (at) => said(at ? formats.date(at) : ''),
    )
  }
  return (
    <Section title={title} intro={intro}>
      {children}
      <span>
        <Button {...(danger ? { variant: 'danger' as const } : {})} busy={busy} onClick={() => setAsking(true)}>
          {action}
        </Button>
      </span>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={ask}
        description={askText}
        action={action}
        {...(word === undefined ? {} : { word })}
        onConfirm={() => void doIt()}
      />
      {dialog}
    </Section>
  )
}

function Closing({ at, rests }: { readonly at: string; readonly rests: boolean }) {
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
    <Section title={t(rests ? 'restingTitle' : 'closingTitle')}>
      <Note tone="wait">{t(rests ? 'restingText' : 'closingText', { date: formats.date(at) })}</Note>
      <p className="max-w-[64ch] text-sm">{t('closeProof')}</p>
      <span>
        <Button variant="solid" busy={busy} onClick={() => void reopen()}>
          {t('reopen')}
        </Button>
      </span>
    </Section>
  )
}
