import type { Configured } from './modules/privacy/index.ts'
import type { Config } from './platform/config/index.ts'

type Told = Pick<
  Config,
  'mail' | 'objectStore' | 'google' | 'facebook' | 'googleCalendar' | 'microsoftCalendar' | 'databaseUrl' | 'tracesUrl' | 'domain'
>

const hostOf = (url: string): string => new URL(url).hostname
const isHere = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host) || host === ''

/** What this server is connected to by its configuration. What runs on this machine is nobody else's. */
export function configuredConnections({
  mail,
  objectStore,
  google,
  facebook,
  googleCalendar,
  microsoftCalendar,
  databaseUrl,
  tracesUrl,
  domain,
}: Told): readonly Configured[] {
  const named = [
    ['smtp', mail.smtp?.url],
    ['imap', mail.imapUrl],
    ['s3', objectStore?.endpoint],
    ['google', google && 'https://accounts.google.com'],
    ['facebook', facebook && 'https://www.facebook.com'],
    ['google_calendar', googleCalendar && 'https://www.googleapis.com'],
    ['microsoft_calendar', microsoftCalendar && 'https://graph.microsoft.com'],
    ['database', databaseUrl],
    ['traces', tracesUrl],
    ['acme', domain?.acmeDirectoryUrl],
  ] as const
  return named.flatMap(([connection, url]) => {
    if (url === undefined) return []
    const host = hostOf(url)
    return (connection === 'database' || connection === 'traces') && isHere(host) ? [] : [{ connection, host: host || null }]
  })
}
