import { createHash, createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openKeys } from '../crypto/index.ts'
import { Refusal } from '../errors/index.ts'
import { FileUnreadable, openFiles, type PutFile, S3Error, type S3Settings } from './index.ts'
import { s3Store } from './s3-store.ts'

/**
 * A bucket as the S3 API reference describes it. It recomputes each signature from the request as it arrived (AWS Signature Version 4) and compares
 * each body with its signed SHA-256, so that nothing passes here that a real service would refuse.
 */
const account = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', region: 'eu-central-1' }
const objects = new Map<string, Buffer>()
const requests: string[] = []
let failures = 0

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()
const escaped = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

function signatureFault(request: IncomingMessage, body: Buffer): string | undefined {
  const [, credential = '', signed = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? '') ??
    []
  const [id, day = '', region = '', service = '', end] = credential.split('/')
  const at = String(request.headers['x-amz-date'])
  const bodyHash = String(request.headers['x-amz-content-sha256'])
  if (id !== account.accessKeyId || region !== account.region || service !== 's3' || end !== 'aws4_request' || !at.startsWith(day))
    return 'InvalidAccessKeyId'
  const names = signed.split(';')
  if (['host', 'x-amz-date', 'x-amz-content-sha256'].some((name) => !names.includes(name))) return 'AccessDenied: unsigned headers'
  if (request.method === 'PUT' && (bodyHash !== sha256(body) || request.headers['content-length'] === undefined))
    return 'XAmzContentSHA256Mismatch'

  const url = new URL(request.url ?? '', 'http://bucket')
  const query = [...url.searchParams]
    .map(([key, value]) => `${escaped(key)}=${escaped(value)}`)
    .sort()
    .join('&')
  const headers = names.map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('')
  const canonical = [request.method, url.pathname, query, headers, signed, bodyHash].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', at, [day, region, service, end].join('/'), sha256(canonical)].join('\n')
  const key = hmac(hmac(hmac(hmac(`AWS4${account.secretAccessKey}`, day), region), service), end)
  return hmac(key, toSign).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch'
}

function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const url = new URL(request.url ?? '', 'http://bucket')
  requests.push(`${request.method} ${url.pathname}`)
  if (failures > 0) {
    failures -= 1
    return void response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>')
  }
  const fault = signatureFault(request, body)
  if (fault) return void response.writeHead(403).end(`<Error><Code>${fault}</Code></Error>`)
  if (url.pathname === '/desk') {
    list(url, response)
    return
  }

  const key = decodeURIComponent(url.pathname).slice('/desk/'.length)
  const stored = objects.get(key)
  if (request.method === 'PUT') {
    objects.set(key, body)
    return void response.writeHead(200).end()
  }
  if (request.method === 'DELETE') {
    objects.delete(key)
    return void response.writeHead(204).end()
  }
  if (!stored) return void response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
  if (from === undefined) return void response.writeHead(200).end(stored)
  if (Number(from) >= stored.length) return void response.writeHead(416).end()
  response.writeHead(206).end(stored.subarray(Number(from), Number(to) + 1))
}

/** Two keys a page, so that paging is met. */
function list(url: URL, response: ServerResponse): void {
  const keys = [...objects.keys()].filter((key) => key.startsWith(url.searchParams.get('prefix') ?? '')).sort()
  const start = Number(url.searchParams.get('continuation-token')?.slice(2) ?? 0)
  const more = start + 2 < keys.length ? `<NextContinuationToken>t&amp;${start + 2}</NextContinuationToken>` : ''
  const contents = keys.slice(start, start + 2).map((key) => `<Contents><Key>${key}</Key></Contents>`)
  response.writeHead(200).end(`<ListBucketResult>${contents.join('')}${more}</ListBucketResult>`)
}

const server = createServer((request, response) => {
  const body: Buffer[] = []
  request.on('data', (chunk) => body.push(chunk))
  request.on('end', () => answer(request, response, Buffer.concat(body)))
})
const folder = mkdtempSync(path.join(tmpdir(), 's3-'))
const now = Temporal.Instant.from('2026-11-23T10:00:00Z')
const keys = openKeys(path.join(folder, 'keys'), now)
const wish: PutFile = {
  workspaceId: '01890a5d-ac96-774b-bcce-b302099a8057',
  subjects: [],
  purpose: 'attachment',
  maxBytes: 20_000_000,
  now,
}
let settings: S3Settings

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  settings = { ...account, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bucket: 'desk', prefix: 'front desk/' }
})
beforeEach(() => {
  objects.clear()
  requests.length = 0
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

const files = (changes: Partial<S3Settings> = {}) =>
  openFiles({ keys, keyFolder: path.join(folder, 'keys/files'), folder: path.join(folder, 'files'), s3: { ...settings, ...changes } })
const all = async (source: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(source))

it('keeps nothing of a file that may not leave, and reads and erases what lies there all the same', async () => {
  const there = await files().put(Buffer.from('there'), wish)
  const stopped = openFiles({
    keys,
    keyFolder: path.join(folder, 'keys/files'),
    folder: path.join(folder, 'files'),
    s3: settings,
    mayKeep: async () => {
      throw new Refusal('privacy/recipient-stopped')
    },
  })
  await expect(stopped.put(Buffer.from('x'), wish)).rejects.toMatchObject({ type: 'privacy/recipient-stopped' })
  expect(readdirSync(path.join(folder, 'files/incoming'))).toEqual([])
  expect((await all(await stopped.get(there))).toString()).toBe('there')
  await stopped.erase(there)
})

it('says in the words of the service why it refused, and keeps neither key nor bytes', async () => {
  await expect(files({ secretAccessKey: 'wrong' }).put(Buffer.from('x'), wish)).rejects.toThrow('SignatureDoesNotMatch')
  await expect(files({ endpoint: 'http://127.0.0.1:9' }).put(Buffer.from('x'), wish)).rejects.toThrow(S3Error)
  expect(readdirSync(path.join(folder, 'files/incoming'))).toEqual([])
  expect(readdirSync(path.join(folder, 'keys/files'), { recursive: true }).filter((name) => String(name).endsWith('.json'))).toEqual([])
})

it('refuses bytes that are not those that were signed', async () => {
  const part = path.join(folder, 'part')
  writeFileSync(part, 'changed on the way')
  await expect(s3Store(settings).keep('0'.repeat(64), { path: part, length: 18, sha256: sha256('as it was') })).rejects.toThrow(
    'XAmzContentSHA256Mismatch',
  )
})

it('says when an object is gone or shorter than it was', async () => {
  const file = await files().put(randomBytes(200_000), wish)
  const [key = ''] = objects.keys()
  objects.set(key, (objects.get(key) ?? Buffer.alloc(0)).subarray(0, 70_000))
  await expect(files().get(file, { start: 150_000, end: 150_010 })).rejects.toMatchObject({ reason: 'damaged' })
  await expect(files().get(file).then(all)).rejects.toThrow(FileUnreadable)
  objects.clear()
  await expect(files().get(file)).rejects.toMatchObject({ reason: 'missing' })
})

it('stores, reads whole and in ranges, lists page by page, erases', async () => {
  const content = randomBytes(300_000)
  const stored = await Promise.all([content, Buffer.from('two'), Buffer.from('three')].map((each) => files().put(each, wish)))
  const [file] = stored
  if (!file) throw new Error('nothing was stored')
  expect(Buffer.compare(await all(await files().get(file)), content)).toBe(0)
  expect(Buffer.compare(await all(await files().get(file, { start: 100_000, end: 200_001 })), content.subarray(100_000, 200_001))).toBe(0)
  expect([...objects.values()].every((bytes) => !bytes.includes('three'))).toBe(true)

  expect((await Array.fromAsync(s3Store(settings).list())).sort()).toEqual(stored.map((each) => each.address).sort())
  objects.set(`front desk/ab/ab${'0'.repeat(62)}`, Buffer.from('a stray'))
  expect(await files().sweep(now)).toEqual({ withoutKey: 1, unfinished: 0 })
  await files().erase(file)
  expect(objects.size).toBe(2)
})

it('tries again when the service is busy', async () => {
  failures = 2
  const file = await files().put(Buffer.from('patience'), wish)
  expect(requests).toHaveLength(3)
  expect((await all(await files().get(file))).toString()).toBe('patience')
})
