import { createPublicKey, sign, verify } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type QueryExecutorProvider, sql } from 'kysely'
import { z } from 'zod'
import { type Keys, writeDurably } from '../crypto/index.ts'
import { type Certificate, certificateHash, type WrittenCertificate } from './deletions.ts'
import { signingKey } from './heads.ts'

/** A certificate as it lies outside of the database, signed. */
const SignedCertificate = z.strictObject({
  certificate: z.string(),
  sha256: z.string(),
  keyId: z.string(),
  /** Ed25519, raw, base64url: so that somebody without our keys can check it too. */
  publicKey: z.string(),
  signature: z.string(),
})

const PURPOSE = 'deletions'

/** Keeps a certificate in `<folder>/<workspace id>.json`. It outlives every backup of the database, so that a workspace that one brings back is deleted again. May be repeated. */
export function keepCertificate(folder: string, keys: Keys, { workspaceId, text, sha256 }: WrittenCertificate): void {
  const { keyId, key } = signingKey(keys, PURPOSE)
  const signed: z.infer<typeof SignedCertificate> = {
    certificate: text,
    sha256,
    keyId,
    publicKey: createPublicKey(key).export({ format: 'jwk' }).x ?? '',
    signature: sign(null, Buffer.from(text), key).toString('base64url'),
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeDurably(path.join(folder, `${workspaceId}.json`), `${JSON.stringify(signed, null, 2)}\n`)
}

/** The certificates outside of the database whose signatures are ours, in their order, and the files that are not what we wrote. */
export function readCertificates(
  folder: string,
  keys: Keys,
): { readonly kept: readonly WrittenCertificate[]; readonly forged: readonly string[] } {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  const found = names.map((name) => ({ name, kept: readOne(path.join(folder, name), keys) }))
  return {
    kept: found.flatMap(({ kept }) => kept ?? []).sort((one, other) => sequenceOf(one) - sequenceOf(other)),
    forged: found.flatMap(({ name, kept }) => (kept ? [] : [name])),
  }
}

function readOne(file: string, keys: Keys): WrittenCertificate | undefined {
  try {
    const { certificate: text, sha256, keyId, signature } = SignedCertificate.parse(JSON.parse(readFileSync(file, 'utf8')))
    const { key } = signingKey(keys, PURPOSE, keyId)
    if (!verify(null, Buffer.from(text), createPublicKey(key), Buffer.from(signature, 'base64url')) || certificateHash(text) !== sha256)
      return undefined
    return { workspaceId: (JSON.parse(text) as Certificate).workspace, text, sha256 }
  } catch {
    return undefined // cut off, changed, or made with a key that we do not have
  }
}

const sequenceOf = ({ text }: WrittenCertificate): number => (JSON.parse(text) as Certificate).sequence

export type DeletionsVerdict = {
  /** True when every certificate is as it was written, in an unbroken row, and lies signed outside of the database. */
  readonly intact: boolean
  readonly certificates: number
  readonly firstBad?: { readonly sequence: number; readonly reason: 'missing' | 'changed' | 'unsigned' }
}

/** Walks the certificates of deletion and compares them with those that lie signed outside of the database. */
export async function verifyDeletions(db: QueryExecutorProvider, folder: string, keys: Keys): Promise<DeletionsVerdict> {
  const { rows } = await sql<{ sequence: number; certificate: string; sha256: string; handed_out: boolean }>`
    select sequence, certificate, sha256, handed_out_at is not null as handed_out from platform.workspace_deletion where sequence is not null order by sequence`.execute(
    db,
  )
  const { kept } = readCertificates(folder, keys)
  const signed = new Set(kept.map(({ sha256 }) => sha256))
  let before: string | null = null
  for (const [at, row] of rows.entries()) {
    const bad = (reason: 'missing' | 'changed' | 'unsigned') =>
      ({ intact: false, certificates: at, firstBad: { sequence: at + 1, reason } }) as const
    if (row.sequence !== at + 1) return bad('missing')
    if (certificateHash(row.certificate) !== row.sha256 || (JSON.parse(row.certificate) as Certificate).before !== before)
      return bad('changed')
    // One that is not handed out yet is signed in a moment.
    if (row.handed_out && !signed.has(row.sha256)) return bad('unsigned')
    before = row.sha256
  }
  const known = new Set(rows.map(({ sha256 }) => sha256))
  const cut = kept.find(({ sha256 }) => !known.has(sha256))
  if (cut) return { intact: false, certificates: rows.length, firstBad: { sequence: sequenceOf(cut), reason: 'missing' } }
  return { intact: true, certificates: rows.length }
}
