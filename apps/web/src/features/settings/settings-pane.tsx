import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { DetailPane } from '../../ui/panes.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { settingsWords } from './words.ts'

export type SettingsPaneProps = { readonly title: string; readonly actions?: ReactNode; readonly children: ReactNode }

/** One page of the settings: its head with the way back to the list, and parts as wide as reading allows. */
export function SettingsPane({ title, actions, children }: SettingsPaneProps) {
  const t = useWords(settingsWords)
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const back = () => void navigate({ to: '/w/$workspace/settings', params: { workspace: slug } })
  return (
    <DetailPane
      header={
        <PageHeader
          title={title}
          whole
          actions={actions}
          back={<IconButton name={t('back')} icon="chevronLeft" size="lg" tip="none" onClick={back} />}
        />
      }
    >
      <div className="min-w-0 [&_section>*]:max-w-168">{children}</div>
    </DetailPane>
  )
}

export type AskedProps<Data> = {
  /** What `useQuery` or `useInfiniteQuery` gave. */
  readonly asked: { readonly data: Data | undefined; readonly isError: boolean; readonly error: unknown; readonly refetch: () => unknown }
  readonly children: (data: Data) => ReactNode
  readonly lines?: number
}

/** What the server was asked, once it is here; until then its outline, or why it did not come. */
export function Asked<Data>({ asked, children, lines = 4 }: AskedProps<Data>) {
  const t = useWords(settingsWords)
  const explain = useExplain()
  if (asked.data !== undefined) return children(asked.data)
  if (!asked.isError) {
    return (
      <div className="p-4">
        <TextSkeleton lines={lines} />
      </div>
    )
  }
  return (
    <div className="grid justify-items-start gap-3 p-4">
      <Note tone="no" role="alert">
        {t('partFailed', { reason: explain(asked.error).message })}
      </Note>
      <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
    </div>
  )
}
