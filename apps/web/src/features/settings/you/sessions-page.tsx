import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Ago } from '../../../ui/ago.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Section } from '../../../ui/section.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { Asked, SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { type Session, sessionsQuery } from './queries.ts'
import { useAct } from './use-act.ts'
import { youWords } from './words.ts'

/** Where one is signed in, and the way to end it from here. */
export function SessionsPage() {
  const t = useWords(youWords)
  const shared = useWords(settingsWords)
  const asked = useQuery(sessionsQuery)
  return (
    <SettingsPane title={shared('page/sessions')}>
      <Asked asked={asked}>
        {({ items }) => (
          <Section title={t('sessionsTitle')} intro={t('sessionsIntro')}>
            <ul className="grid divide-y divide-line" aria-label={t('sessionsTitle')}>
              {[...items]
                .sort((a, b) => Number(b.current) - Number(a.current))
                .map((session) => (
                  <SessionRow key={session.id} session={session} />
                ))}
            </ul>
            {items.some(({ current }) => !current) && <EndOthers />}
          </Section>
        )}
      </Asked>
    </SettingsPane>
  )
}

/** What a device calls itself, in a few words. */
function useDevice({ device }: Session): string {
  const t = useWords(youWords)
  const { browser, system, kind } = device
  if (browser && system) return t('deviceBoth', { browser, system })
  return browser ?? system ?? t(`device/${kind}`)
}

function SessionRow({ session }: { readonly session: Session }) {
  const t = useWords(youWords)
  const formats = useFormats()
  const queries = useQueryClient()
  const notices = useNotices()
  const { act, busy, said } = useAct()
  const device = useDevice(session)
  const end = () =>
    act(async () => {
      await call('DELETE /sessions/{sessionId}', { params: { sessionId: session.id } })
      await queries.invalidateQueries(sessionsQuery)
      notices.show({ tone: 'ok', text: t('sessionEnded', { device }) })
    })
  return (
    <li className="grid gap-2 py-2">
      <div className="flex items-center gap-3 text-sm">
        <Icon name={session.device.kind === 'phone' ? 'phone' : 'device'} className="text-ink-3" />
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-2 font-medium">
            {device}
            {session.current && <Badge tone="ok">{t('sessionHere')}</Badge>}
          </div>
          <div className="text-xs text-ink-3">
            {session.place && `${session.place} · `}
            {t('lastUsed')} <Ago at={session.lastUsedAt} /> · {t('sessionSince', { date: formats.date(session.createdAt) })}
          </div>
        </div>
        {!session.current && (
          <Button busy={busy} aria-label={t('sessionEndLong', { device })} onClick={() => void end()}>
            {t('sessionEnd')}
          </Button>
        )}
      </div>
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
    </li>
  )
}

function EndOthers() {
  const t = useWords(youWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { act, busy, said } = useAct()
  const end = () =>
    act(async () => {
      await call('DELETE /sessions/others')
      await queries.invalidateQueries(sessionsQuery)
      notices.show({ tone: 'ok', text: t('othersEnded') })
    })
  return (
    <div className="grid justify-items-start gap-2">
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
      <Button icon="signOut" busy={busy} onClick={() => void end()}>
        {t('othersEnd')}
      </Button>
    </div>
  )
}
