/**
 * Scores an answer's headers as the Mozilla HTTP Observatory does. Source: "Tests & Scoring" of the HTTP Observatory on MDN (2024, baseline 100, highest 135), read in
 * November 2026. For tests.
 */

/** An answer as a browser receives it. */
export type ScoredAnswer = {
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The page, for its scripts; empty where it is not HTML. */
  readonly html: string
  /** How plain HTTP is answered: by leading to HTTPS on the same host, or not at all. */
  readonly plainHttp: 'leads-to-https' | 'closed' | 'answers'
}

/** One test with its points: above zero is a bonus. */
export type ObservatoryTest = { readonly result: string; readonly points: number }
export type ObservatoryScore = { readonly score: number; readonly grade: string; readonly tests: readonly ObservatoryTest[] }

const SIX_MONTHS_SECONDS = 15_768_000
const BROAD = ['*', 'http:', 'https:', 'ftp:', 'data:', 'blob:']
const grades: readonly (readonly [number, string])[] = [
  [100, 'A+'],
  [90, 'A'],
  [85, 'A-'],
  [80, 'B+'],
  [70, 'B'],
  [65, 'B-'],
  [60, 'C+'],
  [50, 'C'],
  [45, 'C-'],
  [40, 'D+'],
  [30, 'D'],
  [25, 'D-'],
]

/** The score, its grade and what each test gave. Bonuses count only from 90 points without them. */
export function observatoryScore(answer: ScoredAnswer): ObservatoryScore {
  const tests = [security, cookies, sharing, transport, redirection, referrer, scripts, sniffing, framing, resources].map((test) =>
    test(answer),
  )
  const base = 100 + tests.reduce((sum, { points }) => sum + Math.min(points, 0), 0)
  const bonus = base >= 90 ? tests.reduce((sum, { points }) => sum + Math.max(points, 0), 0) : 0
  const score = Math.max(0, base + bonus)
  return { score, grade: grades.find(([least]) => score >= least)?.[1] ?? 'F', tests }
}

const gives = (points: number, result: string): ObservatoryTest => ({ points, result })
const header = (answer: ScoredAnswer, name: string): string | undefined => [answer.headers[name]].flat()[0]

/** The directives of a policy; a directive that is there twice counts once, the first (CSP3 §2.2.1). */
function directives(answer: ScoredAnswer): ReadonlyMap<string, readonly string[]> | undefined {
  const text = header(answer, 'content-security-policy')
  if (text === undefined) return undefined
  const found = new Map<string, readonly string[]>()
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.trim().toLowerCase().split(/\s+/)
    if (name !== '' && !found.has(name)) found.set(name, sources)
  }
  return found
}

function security(answer: ScoredAnswer): ObservatoryTest {
  const policy = directives(answer)
  if (!policy) return gives(-25, 'csp-not-implemented')
  if (policy.size === 0) return gives(-25, 'csp-header-invalid')
  const sources = (name: string) => policy.get(name) ?? policy.get('default-src') ?? ['*']
  const has = (name: string, ...wanted: readonly string[]) => wanted.some((source) => sources(name).includes(source))
  const nonceOrHash = sources('script-src').some((source) => /^'(nonce|sha\d+)-/.test(source))
  if ((has('script-src', "'unsafe-inline'") && !nonceOrHash) || has('script-src', ...BROAD) || has('object-src', ...BROAD))
    return gives(-20, 'csp-implemented-with-unsafe-inline')
  const active = ['script-src', 'object-src', 'style-src', 'connect-src', 'font-src', 'frame-src', 'worker-src', 'manifest-src']
  const overHttp = (name: string) => sources(name).some((source) => /^(http|ftp):/.test(source))
  if (active.some(overHttp)) return gives(-20, 'csp-implemented-with-insecure-scheme')
  if (has('script-src', "'unsafe-eval'") || has('style-src', "'unsafe-eval'")) return gives(-10, 'csp-implemented-with-unsafe-eval')
  if (['img-src', 'media-src'].some(overHttp)) return gives(-10, 'csp-implemented-with-insecure-scheme-in-passive-content-only')
  if (has('style-src', "'unsafe-inline'", ...BROAD)) return gives(0, 'csp-implemented-with-unsafe-inline-in-style-src-only')
  if (policy.get('default-src')?.join(' ') === "'none'") return gives(10, 'csp-implemented-with-no-unsafe-default-src-none')
  return gives(5, 'csp-implemented-with-no-unsafe')
}

function cookies(answer: ScoredAnswer): ObservatoryTest {
  const all = [answer.headers['set-cookie'] ?? []].flat().map((text) => {
    const [pair = '', ...attributes] = text.split(';').map((part) => part.trim())
    const flags = new Map(
      attributes.map((attribute) => [attribute.split('=')[0]?.toLowerCase() ?? '', attribute.split('=')[1]?.toLowerCase() ?? '']),
    )
    return { session: /sess|login|auth/i.test(pair.split('=')[0] ?? ''), flags }
  })
  if (all.length === 0) return gives(0, 'cookies-not-found')
  if (all.some(({ flags }) => flags.has('samesite') && !['strict', 'lax'].includes(flags.get('samesite') ?? '')))
    return gives(-20, 'cookies-samesite-flag-invalid')
  if (all.some(({ session, flags }) => session && !flags.has('secure'))) return gives(-40, 'cookies-session-without-secure-flag')
  if (all.some(({ session, flags }) => session && !flags.has('httponly'))) return gives(-30, 'cookies-session-without-httponly-flag')
  if (all.some(({ flags }) => !flags.has('secure'))) return gives(-20, 'cookies-without-secure-flag')
  return all.every(({ flags }) => flags.has('samesite'))
    ? gives(5, 'cookies-secure-with-httponly-sessions-and-samesite')
    : gives(0, 'cookies-secure-with-httponly-sessions')
}

function sharing(answer: ScoredAnswer): ObservatoryTest {
  const origin = header(answer, 'access-control-allow-origin')
  if (origin === undefined) return gives(0, 'cross-origin-resource-sharing-not-implemented')
  const withCredentials = header(answer, 'access-control-allow-credentials') === 'true'
  return withCredentials
    ? gives(-50, 'cross-origin-resource-sharing-implemented-with-universal-access')
    : gives(0, 'cross-origin-resource-sharing-implemented-with-public-access')
}

function transport(answer: ScoredAnswer): ObservatoryTest {
  const text = header(answer, 'strict-transport-security')
  if (text === undefined) return gives(-20, 'hsts-not-implemented')
  const seconds = /(?:^|;)\s*max-age="?(\d+)"?\s*(?:;|$)/i.exec(text)?.[1]
  if (seconds === undefined) return gives(-20, 'hsts-header-invalid')
  return Number(seconds) >= SIX_MONTHS_SECONDS
    ? gives(0, 'hsts-implemented-max-age-at-least-six-months')
    : gives(-10, 'hsts-implemented-max-age-less-than-six-months')
}

function redirection({ plainHttp }: ScoredAnswer): ObservatoryTest {
  if (plainHttp === 'answers') return gives(-20, 'redirection-missing')
  return plainHttp === 'closed' ? gives(0, 'redirection-not-needed-no-http') : gives(0, 'redirection-to-https')
}

function referrer(answer: ScoredAnswer): ObservatoryTest {
  const policy = header(answer, 'referrer-policy')?.split(',').at(-1)?.trim()
  if (policy === undefined) return gives(0, 'referrer-policy-not-implemented')
  if (['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin'].includes(policy))
    return gives(5, 'referrer-policy-private')
  if (['origin', 'origin-when-cross-origin', 'unsafe-url', 'no-referrer-when-downgrade'].includes(policy))
    return gives(-5, 'referrer-policy-unsafe')
  return gives(-5, 'referrer-policy-header-invalid')
}

function scripts({ html }: ScoredAnswer): ObservatoryTest {
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]*)"[^>]*>/gi)]
  const foreign = tags.filter(([, source = '']) => /^(https?:)?\/\//i.test(source))
  if (foreign.some(([, source = '']) => /^http:/i.test(source)))
    return gives(-50, 'sri-not-implemented-and-external-scripts-not-loaded-securely')
  if (foreign.some(([tag]) => !/\bintegrity=/i.test(tag))) return gives(-5, 'sri-not-implemented-but-external-scripts-loaded-securely')
  if (tags.length === 0) return gives(0, 'sri-not-implemented-but-no-scripts-loaded')
  return gives(0, 'sri-not-implemented-but-all-scripts-loaded-from-secure-origin')
}

function sniffing(answer: ScoredAnswer): ObservatoryTest {
  const value = header(answer, 'x-content-type-options')
  if (value === undefined) return gives(-5, 'x-content-type-options-not-implemented')
  return value.toLowerCase() === 'nosniff' ? gives(0, 'x-content-type-options-nosniff') : gives(-5, 'x-content-type-options-header-invalid')
}

function framing(answer: ScoredAnswer): ObservatoryTest {
  const ancestors = directives(answer)?.get('frame-ancestors')
  if (ancestors && !ancestors.some((source) => BROAD.includes(source))) return gives(5, 'x-frame-options-implemented-via-csp')
  const value = header(answer, 'x-frame-options')?.toUpperCase()
  if (value === undefined) return gives(-20, 'x-frame-options-not-implemented')
  if (value === 'DENY' || value === 'SAMEORIGIN') return gives(0, 'x-frame-options-sameorigin-or-deny')
  return gives(-20, 'x-frame-options-header-invalid')
}

/** MDN prints the points of this test in the other order ("not implemented: 5"); the stricter reading is taken: no bonus for either. */
function resources(answer: ScoredAnswer): ObservatoryTest {
  const value = header(answer, 'cross-origin-resource-policy')
  if (value === undefined) return gives(0, 'corp-not-implemented')
  if (value === 'same-origin' || value === 'same-site') return gives(0, `corp-implemented-with-${value}`)
  return value === 'cross-origin' ? gives(-20, 'corp-implemented-with-cross-origin') : gives(-20, 'corp-header-invalid')
}
