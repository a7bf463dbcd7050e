import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { DetailPane } from '../../../ui/panes.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { settingsWords } from '../../settings/words.ts'
import { registerWords } from './words.ts'

/** What `RegisterPane` is given. */
export type RegisterPaneProps = {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Where one came from; the list of registers unless said otherwise. */
  readonly from?: {
    readonly to:
      | '/w/$workspace/settings/records'
      | '/w/$workspace/settings/records/incidents'
      | '/w/$workspace/settings/records/legal-requests'

    readonly title: string
  }
}

/** One register: its head with the way back to the list of registers, on the desk as well. */
export function RegisterPane({ title, actions, children, from }: RegisterPaneProps) {
  const t = useWords(registerWords)
  const shared = useWords(settingsWords)
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const to = from?.to ?? '/w/$workspace/settings/records'
  return (
    <DetailPane
      header={
        <PageHeader
          title={title}
          actions={actions}
          back={
            <IconButton
              name={t('back')}
              icon="chevronLeft"
              size="lg"
              tip="none"
              onClick={() => void navigate({ to, params: { workspace: slug } })}
            />
          }
        />
      }
    >
      <div className="max-w-176 min-w-0">
        <p className="px-4 pt-3 text-sm phone:hidden">
          <Link to={to} params={{ workspace: slug }} className={linkLook}>
            {from?.title ?? shared('page/records')}
          </Link>
        </p>
        {children}
      </div>
    </DetailPane>
  )
}

/** The list of a register: what it is for, what can be added, and its rows. The pane has its title. */
export function RegisterList({
  intro,
  action,
  children,
}: {
  readonly intro: string
  readonly action?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 border-b border-line p-4 last:border-b-0">
      <div className="flex flex-wrap items-start gap-3">
        <p className="min-w-48 flex-1 text-sm text-ink-2">{intro}</p>
        {action}
      </div>
      {children}
    </div>
  )
}
