/** A receiver of webhooks on this computer that answers as a test tells it to, and checks every signature. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request that came. */
export type Received = {
  readonly id: string
  readonly body: { readonly id: string; readonly type: string; readonly at: string; readonly payload: Record<string, unknown> }
  readonly text: string
  readonly headers: http.IncomingHttpHeaders
}

/** How it answers: a status, later, with headers; or not at all. */
export type Mood = { status?: number; afterMs?: number; headers?: Readonly<Record<string, string>>; answer?: string; hang?: boolean }

export type Receiver = {
  readonly url: string
  readonly received: readonly Received[]
  mood: Mood
  /** For one request; the next is answered in the mood again. */
  moodOf: ((request: Received, count: number) => Mood) | undefined
  /** The most that were under way at one moment. */
  readonly mostAtOnce: () => number
  readonly close: () => Promise<void>
}

/** Opens one on a free port. */
export async function testReceiver(): Promise<Receiver> {
  const received: Received[] = []
  let now = 0
  let most = 0
  const server = http.createServer((request, response) => {
    now += 1
    most = Math.max(most, now)
    response.on('close', () => (now -= 1))
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const one = { id: String(request.headers['webhook-id']), body: JSON.parse(text), text, headers: request.headers }
      received.push(one)
      const mood = receiver.moodOf?.(one, received.length) ?? receiver.mood
      if (mood.hang) return
      setTimeout(() => response.writeHead(mood.status ?? 204, mood.headers).end(mood.answer), mood.afterMs ?? 0)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    mood: {},
    moodOf: undefined,
    mostAtOnce: () => most,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
  return receiver
}

/** Whether a request is signed with a secret, as a receiver checks it. */
export function isSigned({ headers, text }: Received, secret: string): boolean {
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`
  const wanted = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(content)
    .digest()
  return String(headers['webhook-signature'])
    .split(' ')
    .map((part) => Buffer.from(part.split(',')[1] ?? '', 'base64'))
    .some((given) => given.length === wanted.length && timingSafeEqual(given, wanted))
}
