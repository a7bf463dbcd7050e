import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { DetailPane } from '../../ui/panes.tsx'
import { linkLook } from '../accounts/entrance.tsx'
import { type PrivacyPageKey, privacyPages } from './pages.ts'
import { roomWords } from './words.ts'

/** What `PrivacyPane` is given. */
export type PrivacyPaneProps = {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Of one case: the page that lists all of them. The way back leads there, on the desk as well. */
  readonly from?: PrivacyPageKey
}

/** One page of the privacy room: its head with the way back, and parts as wide as reading allows. */
export function PrivacyPane({ title, actions, children, from }: PrivacyPaneProps) {
  const t = useWords(roomWords)
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const list = privacyPages.find(({ key }) => key === from)
  const to = list?.to ?? '/w/$workspace/privacy'
  return (
    <DetailPane
      header={
        <PageHeader
          title={title}
          whole
          actions={actions}
          back={
            <IconButton
              name={list ? t('backTo', { page: t(`page/${list.key}`) }) : t('back')}
              icon="chevronLeft"
              size="lg"
              tip="none"
              onClick={() => void navigate({ to, params: { workspace: slug } })}
            />
          }
        />
      }
    >
      <div className="min-w-0 [&_section>*]:max-w-168">
        {list && (
          <nav aria-label={t('trail')} className="px-4 pt-3 text-sm phone:hidden">
            <Link to={list.to} params={{ workspace: slug }} className={linkLook}>
              {t(`page/${list.key}`)}
            </Link>
          </nav>
        )}
        {children}
      </div>
    </DetailPane>
  )
}
