import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../errors/index.ts'

/** Deeper than any body of ours, and shallow enough for whatever walks it later. */
const DEEPEST = 24
const REFUSED_KEYS = new Set(['__proto__', 'prototype', 'constructor'])
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Reads JSON bodies, and nothing else: other types are taken only by the plugins that ask for them. */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, readJson(body as Buffer))
    } catch (error) {
      done(error as Error)
    }
  })
  app.addHook('onRequest', async (request) => refuseUnprintableAddress(request))
  // What other parsers read, such as the forms of public pages.
  app.addHook('preValidation', async ({ body }) => refuseTraps(body instanceof Uint8Array ? undefined : body, 'body'))
}

/** Parses JSON of a stranger. Throws a `Refusal` for what is not UTF-8, not JSON, too deep, or what the database or the language would trip over. */
export function readJson(body: Buffer): unknown {
  const text = decode(body)
  if (text.trim() === '') throw new Refusal('http/not-json', { detail: 'The body is empty.' })
  refuseDepth(text)
  const value = parse(text)
  refuseTraps(value, 'body')
  return value
}

/** Walks what a form or a query holds, for the same traps. */
export function refuseTraps(value: unknown, path: string): void {
  if (typeof value === 'string') refuseText(value, path)
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (REFUSED_KEYS.has(key)) throw invalid(path, 'This name is not allowed here.')
    refuseText(key, path)
    refuseTraps(inner, Array.isArray(value) ? path : `${path}.${key}`)
  }
}

/** PostgreSQL keeps no NUL in text and no half of a surrogate pair in jsonb; neither is ever meant. */
function refuseText(text: string, path: string): void {
  if (text.includes('\0') || !text.isWellFormed()) throw invalid(path, 'This holds a character that cannot be stored.')
}

function refuseUnprintableAddress(request: FastifyRequest): void {
  if (/%00|\0/.test(request.url)) throw invalid('address', 'This holds a character that cannot be stored.')
  refuseTraps(request.query, 'query')
}

const invalid = (path: string, message: string) =>
  new Refusal('http/invalid-request', {
    detail: `${path}: ${message} Nothing was saved.`,
    faults: [{ path, code: 'not_allowed', message }],
  })

function decode(body: Buffer): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new Refusal('http/not-json', { detail: 'The body is not valid UTF-8. Nothing was saved.' })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('http/not-json', { detail: 'The body could not be read as JSON. Nothing was saved.' })
  }
}

/** Counts open brackets outside of strings, before anything is built. */
function refuseDepth(text: string): void {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (inString) {
      if (character === BACKSLASH) index += 1
      else if (character === QUOTE) inString = false
    } else if (character === QUOTE) inString = true
    else if (character === OPEN_BRACE || character === OPEN_BRACKET) depth += 1
    else if (character === CLOSE_BRACE || character === CLOSE_BRACKET) depth -= 1
    if (depth > DEEPEST) throw invalid('body', `This is nested more than ${DEEPEST} levels deep.`)
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
