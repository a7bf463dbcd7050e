import { networkOf } from '../../../platform/http/index.ts'

/** Families of browsers and systems by what they call themselves; the first that fits. Anything finer would tell readers apart. */
const browsers: readonly (readonly [string, RegExp])[] = [
  ['bot', /bot|crawl|spider|slurp|preview|monitor/i],
  ['Edge', /Edg(e|A|iOS)?\//],
  ['Firefox', /Firefox\/|FxiOS\//],
  ['Chrome', /Chrome\/|CriOS\/|Chromium\//],
  ['Safari', /Safari\//],
]
const platforms: readonly (readonly [string, RegExp])[] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iPod/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh|Mac OS X/],
  ['Linux', /Linux|CrOS/],
]

const firstOf = (list: readonly (readonly [string, RegExp])[], text: string): string =>
  list.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other'

/** Browser and system of a visit, as families. */
export const familiesOf = (userAgent: string): { readonly browser: string; readonly platform: string } => ({
  browser: firstOf(browsers, userAgent),
  platform: firstOf(platforms, userAgent),
})

/** The part of an address that is counted: of IPv4 the first three numbers, of IPv6 the first 48 bits. */
export const truncatedNetwork = (ip: string): string => {
  const mapped = /^(?:::ffff:)?(\d+\.\d+\.\d+)\.\d+$/.exec(ip)
  return mapped ? `${mapped[1]}.0` : networkOf(ip).split(':').slice(0, 3).join(':')
}

/** Where a reader came from: the host alone, and not ours. Path and query may name people and stay out. */
export function referrerHost(referer: string | undefined, own: string): string | null {
  if (referer === undefined || !URL.canParse(referer)) return null
  const { host, protocol } = new URL(referer)
  return (protocol === 'https:' || protocol === 'http:') && host !== own && host.length <= 200 ? host : null
}
