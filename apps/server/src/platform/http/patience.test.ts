import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boundPatience } from './patience.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = fastify()
  boundPatience(app, ({ socket }) => socket.end('HTTP/1.1 408 Request Timeout\r\n\r\n'), { body: 200, silence: 200 })
  const length = async (content: AsyncIterable<Buffer>) => {
    let bytes = 0
    for await (const chunk of content) bytes += chunk.length
    return `${bytes} bytes`
  }
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  app.post('/body', async ({ body }) => length(body as AsyncIterable<Buffer>))
  app.post('/file', { config: { takesFile: true } }, async ({ body }) => length(body as AsyncIterable<Buffer>))
  app.get('/slow-answer', async () => pause(500, 'here it is'))
  await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

/** Sends a request of ten bytes, one every so often, as far as it goes, and answers what came back. */
async function sent(address: string, { every, bytes = 10 }: { readonly every: number; readonly bytes?: number }): Promise<string> {
  const { port } = app.server.address() as { port: number }
  const socket = connect(port, '127.0.0.1')
  const answer = heard(socket)
  socket.write(
    `POST ${address} HTTP/1.1\r\nhost: x\r\ncontent-type: application/octet-stream\r\ncontent-length: 10\r\nconnection: close\r\n\r\n`,
  )
  for (let n = 0; n < bytes && socket.writable; n += 1) {
    await pause(every)
    socket.write('x')
  }
  return answer
}

const heard = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })

describe('somebody who sends slowly', () => {
  it('is heard to the end as long as it is quick enough', async () => {
    expect(await sent('/body', { every: 5 })).toMatch(/^HTTP\/1.1 200 [\s\S]*10 bytes$/)
  })

  it('is cut off with 408 when a body takes too long, though something always arrives', async () => {
    expect(await sent('/body', { every: 50 })).toMatch(/^HTTP\/1.1 408 /)
  })

  it('may take as long as she needs for a file, as long as something arrives', async () => {
    expect(await sent('/file', { every: 50 })).toMatch(/^HTTP\/1.1 200 [\s\S]*10 bytes$/)
  })

  it('is cut off with 408 when nothing of the file arrives any more', async () => {
    expect(await sent('/file', { every: 5, bytes: 3 })).toMatch(/^HTTP\/1.1 408 /)
  })

  it('waits for a slow answer as long as that takes', async () => {
    expect((await app.inject('/slow-answer')).body).toBe('here it is')
    const { port } = app.server.address() as { port: number }
    expect(await (await fetch(`http://127.0.0.1:${port}/slow-answer`)).text()).toBe('here it is')
  })
})
