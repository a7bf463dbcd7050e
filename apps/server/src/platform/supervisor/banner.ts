import { networkInterfaces } from 'node:os'
import type { Config } from '../config/index.ts'

/** What the start knows in the end. */
export type BannerFacts = {
  readonly config: Config
  /** The port on which the web role listens; undefined where this machine runs no web role. */
  readonly port: number | undefined
  readonly notices: readonly string[]
}

/** The address on which people reach the web role without a public one. */
export function localUrl(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  // Browsers treat localhost, and only it, as a secure place without HTTPS: passkeys and the installable app need that.
  const name = everywhere || host === '127.0.0.1' || host === '::1' ? 'localhost' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** What the start prints once, when everything runs. */
export function banner({ config, port, notices }: BannerFacts): string {
  const rows: [string, string][] = []
  if (port !== undefined) rows.push(['Address', addressLine(config, port)], ...networkRows(config, port))
  else rows.push(['Roles', config.roles.join(', ')])
  rows.push(['Data', config.dataFolder])
  if (config.databaseUrl) rows.push(['Database', withoutSecrets(config.databaseUrl)])

  const paragraphs = [...movedPort(config, port), ...notices].map((notice) => notice.trimEnd().replaceAll('\n', '\n  '))
  return [
    '',
    'Frontdesk is ready.',
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(9)} ${value}`),
    ...paragraphs.flatMap((text) => ['', `  ${text}`]),
    '',
    '  Ctrl-C stops it.',
    '',
  ].join('\n')
}

function addressLine(config: Config, port: number): string {
  if (config.publicUrl) return `${config.publicUrl}  (on this computer: ${localUrl(config.http.host, port)})`
  return `${localUrl(config.http.host, port)}  (${isLoopback(config.http.host) ? 'works on this computer only' : 'works in your network only'})`
}

function networkRows(config: Config, port: number): [string, string][] {
  if (config.http.host !== '0.0.0.0' && config.http.host !== '::') return []
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? [])
  return addresses.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => ['', `http://${address}:${port}`])
}

function movedPort(config: Config, port: number | undefined): string[] {
  if (port === undefined || config.http.port === 0 || port === config.http.port) return []
  return [`Port ${config.http.port} is taken by another program, so Frontdesk listens on ${port}. Choose a port of your own with PORT.`]
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** A database's address as it may be shown. */
export function withoutSecrets(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl)
  return `${host}${pathname}`
}
