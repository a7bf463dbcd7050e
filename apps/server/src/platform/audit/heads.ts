import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type Keys, writeDurably } from '../crypto/index.ts'
import { canonicalJson } from './chain.ts'

/** How far a workspace's chain reached, signed, kept outside of the database. */
const Head = z.strictObject({
  workspaceId: z.uuid(),
  sequence: z.int(),
  hash: z.string(),
  at: z.string(),
  keyId: z.string(),
  /** Ed25519, raw, base64url: so that somebody without our keys can check it too. */
  publicKey: z.string(),
  signature: z.string(),
})
export type Head = z.infer<typeof Head>

/** What a head says, before it is signed. */
export type HeadFacts = Pick<Head, 'workspaceId' | 'sequence' | 'hash' | 'at'>

const PURPOSE = 'heads'
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex') // RFC 8410 §7: the seed follows

/** Replaces the workspace's head in `<folder>/<workspaceId>.json`. */
export function writeHead(folder: string, keys: Keys, facts: HeadFacts): void {
  const { keyId, key } = signingKey(keys, PURPOSE)
  const head: Head = {
    ...facts,
    keyId,
    publicKey: createPublicKey(key).export({ format: 'jwk' }).x ?? '',
    signature: sign(null, Buffer.from(canonicalJson(facts)), key).toString('base64url'),
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeDurably(pathOf(folder, facts.workspaceId), `${JSON.stringify(head, null, 2)}\n`)
}

/** The workspace's head; `forged` when its signature is not ours or it cannot be read. */
export function readHead(folder: string, keys: Keys, workspaceId: string): HeadFacts | 'missing' | 'forged' {
  const text = read(pathOf(folder, workspaceId))
  if (text === undefined) return 'missing'
  const parsed = Head.safeParse(parse(text))
  if (!parsed.success || parsed.data.workspaceId !== workspaceId) return 'forged'
  const { keyId, publicKey: _own, signature, ...facts } = parsed.data
  try {
    const { key } = signingKey(keys, PURPOSE, keyId)
    return verify(null, Buffer.from(canonicalJson(facts)), createPublicKey(key), Buffer.from(signature, 'base64url')) ? facts : 'forged'
  } catch {
    return 'forged' // made with a key that we do not have
  }
}

/** The Ed25519 key that signs what the audit keeps outside of the database. */
export function signingKey(
  keys: Keys,
  purpose: 'heads' | 'deletions',
  keyId?: string,
): { readonly keyId: string; readonly key: KeyObject } {
  const seed = keys.subkey('audit', purpose, keyId)
  return { keyId: seed.keyId, key: createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed.key]), format: 'der', type: 'pkcs8' }) }
}

/** Removes the head of a workspace that was deleted; where its chain ended stands in the certificate of deletion. */
export const forgetHead = (folder: string, workspaceId: string): void => rmSync(pathOf(folder, workspaceId), { force: true })

const pathOf = (folder: string, workspaceId: string) => path.join(folder, `${workspaceId}.json`)

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
