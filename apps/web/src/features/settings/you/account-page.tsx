import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type TranslatorOf, useFormats, useWords } from '../../../lib/i18n.tsx'
import { useMe, useWorkspace } from '../../../lib/session.ts'
import { Section } from '../../../ui/section.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { Asked, SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { AccountClosing } from './account-closing.tsx'
import { AccountResting } from './account-resting.tsx'
import { accountWords } from './account-words.ts'
import { AgreedSection } from './agreed-section.tsx'
import { ExportSection } from './export-section.tsx'
import { NewsSection } from './news-section.tsx'
import { methodsQuery, type SignInMethods, sessionsQuery } from './queries.ts'
import { RecordsSection } from './records-section.tsx'

/** One's own account in one place: who one is here, what one is mailed, agreed to, how one signs in, what is recorded, and how to take it out or end it. */
export function AccountPage() {
  const shared = useWords(settingsWords)
  const { user } = useMe()
  return (
    <SettingsPane title={shared('page/account')}>
      <Overview />
      <NewsSection />
      <AgreedSection />
      <RecordsSection />
      <ExportSection />
      {user.closesAt === null && <AccountResting />}
      <AccountClosing user={user} />
    </SettingsPane>
  )
}

type Fact = { readonly term: string; readonly value: ReactNode; readonly to?: 'profile' | 'security' | 'sessions' }

function Overview() {
  const t = useWords(accountWords)
  const formats = useFormats()
  const { user } = useMe()
  const methods = useQuery(methodsQuery)
  const sessions = useQuery(sessionsQuery)
  const said = user.ageLimit !== null && user.ageConfirmedAt !== null && { limit: user.ageLimit, at: user.ageConfirmedAt }
  return (
    <Section title={t('overviewTitle')}>
      <Asked asked={methods} lines={3}>
        {(ways) => (
          <OverviewFacts
            facts={[
              { term: t('overviewName'), value: `${user.name}, ${user.email}`, to: 'profile' },
              { term: t('overviewWays'), value: waysOf(ways, t), to: 'security' },
              ...(sessions.data
                ? [{ term: t('overviewDevices'), value: t('devices', { count: sessions.data.items.length }), to: 'sessions' as const }]
                : []),
              ...(said
                ? [{ term: t('overviewAge'), value: t('overviewAgeSaid', { date: formats.date(said.at), limit: String(said.limit) }) }]
                : []),
            ]}
          />
        )}
      </Asked>
    </Section>
  )
}

function OverviewFacts({ facts }: { readonly facts: readonly Fact[] }) {
  const t = useWords(accountWords)
  const { slug } = useWorkspace()
  return (
    <dl className="grid grid-cols-[minmax(5rem,auto)_minmax(0,1fr)_auto] gap-x-4 gap-y-2 text-sm phone:grid-cols-1 phone:gap-y-1">
      {facts.map(({ term, value, to }) => (
        <div key={term} className="col-span-full grid grid-cols-subgrid phone:mb-2">
          <dt className="text-ink-3">{term}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
          {to && (
            <dd>
              <Link
                to={`/w/$workspace/settings/${to}`}
                params={{ workspace: slug }}
                className={linkLook}
                aria-label={`${term}: ${t(to === 'sessions' ? 'look' : 'change')}`}
              >
                {t(to === 'sessions' ? 'look' : 'change')}
              </Link>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

/** The ways into the account in a line. */
function waysOf({ password, totp, passkeys, providers }: SignInMethods, t: TranslatorOf<typeof accountWords>): string {
  const names = { google: 'Google', facebook: 'Facebook' }
  const ways = [
    ...(password ? [t('password')] : []),
    ...(totp ? [t('totp')] : []),
    ...(passkeys.length > 0 ? [t('passkeys', { count: passkeys.length })] : []),
    ...providers.map(({ provider }) => names[provider]),
  ]
  return ways.join(', ')
}
