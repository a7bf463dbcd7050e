import { createHash, randomBytes } from 'node:crypto'

/** A secret to hand out once, and what is stored of it. */
export type Token = { readonly token: string; readonly hash: string }

/** The SHA-256 of a token, as it is stored and looked up: a copy of the database lets nobody in. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** 256 random bits in letters, digits, `-` and `_`, and their hash. They need no slow hash: nobody guesses them. */
export function newToken(): Token {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: tokenHash(token) }
}
