import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Count } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { List, rowLook, rowProps } from '../../ui/list.tsx'
import { overviewQuery, waitingOn } from './overview/queries.ts'
import { isFor, type PrivacyPage, privacyGroups, privacyPages } from './pages.ts'
import { roomWords } from './words.ts'

/** The pages of the room by group, each with how much waits on it. `without`: the overview is the page that stands above. */
export function PageList({ without = false }: { readonly without?: boolean }) {
  const t = useWords(roomWords)
  const { role } = useWorkspace()
  const id = useId()
  const groups = privacyGroups.map((group) => ({
    group,
    pages: privacyPages.filter((page) => page.group === group && isFor(page, role)),
  }))
  return (
    <>
      {!without && (
        <div className="mb-1">
          <List label={t('overview')} items={['overview']} keyOf={(key) => key}>
            {() => <OverviewRow />}
          </List>
        </div>
      )}
      {groups
        .filter(({ pages }) => pages.length > 0)
        .map(({ group, pages }) => (
          <section key={group} aria-labelledby={`${id}-${group}`} className="mb-1">
            <h3 id={`${id}-${group}`} className="px-3 pt-2 pb-1 text-xs text-ink-3">
              {t(`group/${group}`)}
            </h3>
            <List label={t(`group/${group}`)} items={pages} keyOf={({ key }) => key}>
              {(page) => <PageRow page={page} />}
            </List>
          </section>
        ))}
    </>
  )
}

/** Closer than other rows, so that the whole room is seen at once. */
const rowOfPage = `${rowLook} desk:py-1.5`

function OverviewRow() {
  const t = useWords(roomWords)
  const { slug } = useWorkspace()
  return (
    <Link {...rowProps} to="/w/$workspace/privacy" activeOptions={{ exact: true }} params={{ workspace: slug }} className={rowOfPage}>
      <Icon name="bell" className="text-ink-3" />
      <span className="truncate font-medium">{t('overview')}</span>
    </Link>
  )
}

function PageRow({ page }: { readonly page: PrivacyPage }) {
  const t = useWords(roomWords)
  const { slug } = useWorkspace()
  const { data } = useQuery(overviewQuery)
  const waiting = data ? waitingOn(data, page.key) : { count: 0, loud: false }
  return (
    <Link {...rowProps} to={page.to} params={{ workspace: slug }} className={rowOfPage}>
      <Icon name={page.icon} className="text-ink-3" />
      <span className="flex min-w-0 items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{t(`page/${page.key}`)}</span>
        {waiting.count > 0 && <Count value={waiting.count} loud={waiting.loud} label={t('waiting', { count: waiting.count })} />}
      </span>
      <span className="col-start-2 hidden truncate text-xs text-ink-3 phone:block">{t(`about/${page.key}`)}</span>
    </Link>
  )
}
