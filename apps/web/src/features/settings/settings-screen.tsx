import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { shellWords } from '../../app/words.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Icon } from '../../ui/icon.tsx'
import { List, rowLook, rowProps } from '../../ui/list.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ListPane, Panes } from '../../ui/panes.tsx'
import { isFor, pageGroups, type SettingsPage, settingsPages } from './pages.ts'
import { SettingsPane } from './settings-pane.tsx'
import { settingsWords } from './words.ts'

/** The settings: the list of their pages, and beside it the one that is open. On the phone one of both. */
export function SettingsScreen() {
  const t = useWords(settingsWords)
  const shell = useWords(shellWords)
  const { role } = useWorkspace()
  const name = useLocation({ select: ({ pathname }) => pathname.split('/')[4] })
  const open = settingsPages.find(({ key }) => key === name)
  return (
    <Panes open={Boolean(name)}>
      <ListPane label={shell('room/settings')} header={<PageHeader title={shell('room/settings')} level={name ? 'h2' : 'h1'} />}>
        {pageGroups.map((group) => (
          <section key={group} aria-labelledby={`settings-${group}`} className="mb-3">
            <h3 id={`settings-${group}`} className="px-3 pt-2 pb-1 text-xs text-ink-3">
              {t(`group/${group}`)}
            </h3>
            <List
              label={t(`group/${group}`)}
              items={settingsPages.filter((page) => page.group === group && isFor(page, role))}
              keyOf={({ key }) => key}
            >
              {(page) => <PageRow page={page} />}
            </List>
          </section>
        ))}
      </ListPane>
      {open && !isFor(open, role) ? (
        <SettingsPane title={t(`page/${open.key}`)}>
          <div className="p-4">
            <Note tone="neutral">{t('notForRole')}</Note>
          </div>
        </SettingsPane>
      ) : (
        <Outlet />
      )}
    </Panes>
  )
}

function PageRow({ page }: { readonly page: SettingsPage }) {
  const t = useWords(settingsWords)
  const { slug } = useWorkspace()
  return (
    <Link {...rowProps} to={page.to} params={{ workspace: slug }} className={rowLook}>
      <Icon name={page.icon} className="text-ink-3" />
      <span className="truncate font-medium">{t(`page/${page.key}`)}</span>
      <span className="col-start-2 hidden truncate text-xs text-ink-3 phone:block">{t(`about/${page.key}`)}</span>
    </Link>
  )
}
