import { masterBytes, type SrtpSuite, srtpSuites } from './suite.ts'

/** One `a=crypto` line: a number that the answer repeats, the suite, and the key with which its sender will protect what it sends (RFC 4568 §4). */
export type CryptoLine = { readonly tag: number; readonly suite: SrtpSuite; readonly master: Uint8Array }

/** Why a line cannot be used. */
export type CryptoFault = 'malformed' | 'unknown_suite' | 'wrong_key_length' | 'key_identifier' | 'unknown_parameter'

/** A line that was read, or what is wrong with it. */
export type CryptoReading = { readonly ok: true; readonly line: CryptoLine } | { readonly ok: false; readonly fault: CryptoFault }

const faulty = (fault: CryptoFault): CryptoReading => ({ ok: false, fault })
const isSuite = (text: string): text is SrtpSuite => srtpSuites.some((suite) => suite === text)
/** A lifetime is a count of packets, plain or as a power of two (§6.1). Ours end long before. */
const lifetime = /^(2\^\d{1,2}|\d{1,15})$/
/** A key identifier and its length would travel in each packet (§6.1). */
const keyIdentifier = /^\d+:\d+$/
/** Only the window's size may be said without changing how packets are made (§6.3.7). */
const harmless = /^WSH=\d+$/

/** Reads the value of an `a=crypto` attribute, such as `1 AES_CM_128_HMAC_SHA1_80 inline:…|2^31`. */
export function readCrypto(value: string): CryptoReading {
  const [tag = '', suite = '', keys = '', ...parameters] = value.trim().split(/[ \t]+/)
  if (!/^\d{1,9}$/.test(tag) || !keys) return faulty('malformed')
  if (!isSuite(suite)) return faulty('unknown_suite')
  // Several keys, apart by semicolons, need identifiers (§6.1).
  if (keys.includes(';')) return faulty('key_identifier')
  const [key = '', ...rest] = keys.slice('inline:'.length).split('|')
  if (!keys.startsWith('inline:') || !/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return faulty('malformed')
  if (rest.some((part) => keyIdentifier.test(part))) return faulty('key_identifier')
  if (rest.length > 1 || !rest.every((part) => lifetime.test(part))) return faulty('malformed')
  if (!parameters.every((parameter) => harmless.test(parameter))) return faulty('unknown_parameter')
  const master = new Uint8Array(Buffer.from(key, 'base64'))
  return master.length === masterBytes ? { ok: true, line: { tag: Number(tag), suite, master } } : faulty('wrong_key_length')
}

/** Writes the value of an `a=crypto` attribute. */
export const writeCrypto = ({ tag, suite, master }: CryptoLine): string =>
  `${tag} ${suite} inline:${Buffer.from(master).toString('base64')}`

/** The first line of an offer that can be used; the answer repeats its tag and suite with a key of its own (§5.1.2). Undefined where none can. */
export function chooseCrypto(offered: readonly string[]): CryptoLine | undefined {
  for (const value of offered) {
    const reading = readCrypto(value)
    if (reading.ok) return reading.line
  }
  return undefined
}

/** Why an answer does not fit what was offered, or its line: it must repeat the tag and the suite of one offered line (§5.1.3). */
export function acceptCrypto(offered: readonly CryptoLine[], answered: string): CryptoReading {
  const reading = readCrypto(answered)
  if (!reading.ok) return reading
  const match = offered.some(({ tag, suite }) => tag === reading.line.tag && suite === reading.line.suite)
  return match ? reading : faulty('malformed')
}
