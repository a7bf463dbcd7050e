import { isIPv4, isIPv6 } from 'node:net'
import type { DeviceKind } from './auth.tables.ts'

/** A device as its owner would call it. */
export type Device = { readonly browser: string | null; readonly system: string | null; readonly kind: DeviceKind }

// The order matters: Edge and Opera call themselves Chrome, Chrome calls itself Safari.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bOPR\/|\bOPT\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bCriOS\/|\bHeadlessChrome\/|\bChrome\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*Safari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b|\biPod\b/, 'iOS'],
  [/\biPad\b/, 'iPadOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]
const program = /\b(curl|Wget|python|Go-http-client|node|okhttp|PostmanRuntime|axios|bot|spider|crawler)\b/i

const firstOf = (table: readonly (readonly [RegExp, string])[], text: string) => table.find(([pattern]) => pattern.test(text))?.[1] ?? null

/** Reads a User-Agent header well enough for "Firefox on Windows". Versions are left out: they age and say more than is needed. */
export function deviceOf(userAgent: string): Device {
  if (program.test(userAgent)) return { browser: null, system: firstOf(systems, userAgent), kind: 'program' }
  const browser = firstOf(browsers, userAgent)
  const system = firstOf(systems, userAgent)
  return { browser, system, kind: kindOf(userAgent, system) }
}

function kindOf(userAgent: string, system: string | null): DeviceKind {
  if (system === null) return 'unknown'
  if (system === 'iOS') return 'phone'
  if (system === 'iPadOS') return 'tablet'
  if (system === 'Android') return /\bMobile\b/.test(userAgent) ? 'phone' : 'tablet'
  return 'computer'
}

/** The network an address belongs to, instead of the address: `203.0.113.0/24`, `2001:db8:1::/48`. Null for what is no address. */
export function networkOf(ip: string): string | null {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`
  if (!isIPv6(plain)) return null
  const [head = '', tail] = plain.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups =
    tail === undefined ? left : [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right]
  const network = groups.slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/48`.replace(/^0:0:0::/, '::')
}
