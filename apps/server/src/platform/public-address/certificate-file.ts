import { X509Certificate } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A certificate with its key, as PEM, and the time it is good for. */
export type Certificate = {
  readonly key: string
  readonly chain: string
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
}

/** Renewed when this part of its life is over: 60 of 90 days, and in time for those of six days as well. */
const RENEW_AFTER = 2 / 3

/** Reads key and chain; the times come from the first certificate of the chain. */
export function certificateOf(key: string, chain: string): Certificate {
  const { validFromDate, validToDate } = new X509Certificate(chain)
  const instant = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime())
  return { key, chain, from: instant(validFromDate), until: instant(validToDate) }
}

/** When the next one should be obtained. */
export function renewalOf({ from, until }: Certificate): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(
    Math.round(from.epochMilliseconds + (until.epochMilliseconds - from.epochMilliseconds) * RENEW_AFTER),
  )
}

/** The certificate kept for a domain, or undefined when there is none, or none that can still be shown. */
export function readCertificate(keysFolder: string, domain: string, now: Temporal.Instant): Certificate | undefined {
  const [key, ...chain] = blocksOf(read(certificatePath(keysFolder, domain)))
  if (!key || chain.length === 0) return undefined
  const certificate = certificateOf(key, chain.join('\n'))
  return Temporal.Instant.compare(certificate.until, now) > 0 ? certificate : undefined
}

/** Keeps it: key and chain in one file, so that they can never be a mismatched pair. */
export function writeCertificate(keysFolder: string, domain: string, { key, chain }: Certificate): void {
  writeSecret(certificatePath(keysFolder, domain), `${key.trim()}\n${chain.trim()}\n`)
}

/** The key by which the certificate authority knows us; made once. */
export async function accountKey(keysFolder: string, make: () => Promise<string>): Promise<string> {
  const file = path.join(keysFolder, 'certificates', 'account.pem')
  const kept = read(file)
  if (kept) return kept
  const key = await make()
  writeSecret(file, key)
  return key
}

/** Where the certificate of a domain is kept. */
export const certificatePath = (keysFolder: string, domain: string): string => path.join(keysFolder, 'certificates', `${domain}.pem`)

const blocksOf = (pem: string): string[] => pem.match(/-----BEGIN [^-]+-----[\s\S]+?-----END [^-]+-----/g) ?? []

function writeSecret(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.part`, text, { mode: 0o600, flush: true })
  renameSync(`${file}.part`, file)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
