import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Keys, noWorkspace } from '../../platform/crypto/index.ts'
import { giveCookie, readCookie } from '../../platform/http/index.ts'

/** The ages that can be asked for. */
export const ageLimits = [13, 16, 18] as const
export type AgeLimit = (typeof ageLimits)[number]

/** What this browser was told before, until it is closed: old enough up to a limit, too young from a limit on. Zero is nothing yet. */
type Said = { readonly enoughFor: number; readonly tooYoungFrom: number }

/** What is known here about the reader and this limit; undefined: nobody asked yet. Never an age. */
export function knownAge(request: FastifyRequest, keys: Keys, limit: AgeLimit): 'old_enough' | 'too_young' | undefined {
  const { enoughFor, tooYoungFrom } = readSaid(request, keys)
  if (tooYoungFrom > 0 && tooYoungFrom <= limit) return 'too_young'
  return enoughFor >= limit ? 'old_enough' : undefined
}

/**
 * Takes the answer to an age screen. The first answer of a browser counts until it is closed: another one, given once the first was not enough, opens nothing
 * (as remembered from 16 CFR 312.2 and the FTC's guidance on age screens; counsel must check).
 */
export function judgeAge(reply: FastifyReply, keys: Keys, { age, limit }: { readonly age: number; readonly limit: AgeLimit }): boolean {
  const { request } = reply
  const before = knownAge(request, keys, limit)
  if (before !== undefined) return before === 'old_enough'
  const said = readSaid(request, keys)
  const enough = age >= limit
  const now = enough ? { ...said, enoughFor: limit } : { ...said, tooYoungFrom: limit }
  giveCookie(
    reply,
    'age',
    `${now.enoughFor}.${now.tooYoungFrom}.${keys.hash(noWorkspace, 'age-check', `${now.enoughFor}.${now.tooYoungFrom}`)}`,
  )
  return enough
}

/** A browser in which a parent or guardian proved who she is counts as old enough, whatever a child answered in it. */
export function markAdult(reply: FastifyReply, keys: Keys): void {
  giveCookie(reply, 'age', `18.0.${keys.hash(noWorkspace, 'age-check', '18.0')}`)
}

function readSaid(request: FastifyRequest, keys: Keys): Said {
  const nothing = { enoughFor: 0, tooYoungFrom: 0 }
  const [, enough = '', young = '', hash = ''] = /^(0|13|16|18)\.(0|13|16|18)\.(.+)$/.exec(readCookie(request, 'age') ?? '') ?? []
  if (enough === '') return nothing
  const own = keys.hashes(noWorkspace, 'age-check', `${enough}.${young}`)
  if (!own.some((one) => one.length === hash.length && timingSafeEqual(Buffer.from(one), Buffer.from(hash)))) return nothing
  return { enoughFor: Number(enough), tooYoungFrom: Number(young) }
}
