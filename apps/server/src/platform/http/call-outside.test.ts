import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callOutside, type OutboundSurroundings } from './call-outside.ts'
import { isOutside, readOutboundUrl } from './outbound-address.rules.ts'

let server: Server
let port: number
let knocks: string[]
beforeAll(async () => {
  server = createServer((request, answer) => {
    knocks.push(`${request.method} ${request.url}`)
    if (request.url === '/redirect') answer.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end()
    else if (request.url === '/long') answer.end('x'.repeat(1_000_000))
    else if (request.url !== '/silent') answer.end('here')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  port = (server.address() as AddressInfo).port
})
beforeEach(() => {
  knocks = []
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const plain: OutboundSurroundings = { protocols: ['http:'] }
/** Our own server stands for one on the internet. */
const asIfOutside: OutboundSurroundings = {
  ...plain,
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  isOutside: (address) => address === '127.0.0.1' || isOutside(address),
}
const get = { method: 'GET' } as const
const reasonOf = (address: string, around: OutboundSurroundings) =>
  callOutside(address, get, around).then(
    () => 'was called',
    (error: { reason?: string; message: string }) => error.reason ?? error.message,
  )

describe('an address is refused before anything is sent [L8]', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://127.0.0.1:PORT/',
    'http://[::1]:PORT/',
    'http://10.1.2.3/',
    'http://172.31.255.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://0.0.0.0:PORT/',
    'http://2130706433:PORT/', // 127.0.0.1 as one number
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://localhost:PORT/',
    'http://localhost.:PORT/',
    'http://db/',
    'http://printer.local/',
    'http://metadata.google.internal/',
  ])('%s leads inside', async (address) => {
    expect(await reasonOf(address.replace('PORT', String(port)), plain)).toBe('inside')
    expect(knocks).toEqual([])
  })

  it.each([
    ['http://example.com/', 'not_https'],
    ['ftp://example.com/', 'not_https'],
    ['file:///etc/passwd', 'not_https'],
    ['https://name:word@example.com/', 'credentials'],
    ['example.com', 'unreadable'],
    ['', 'unreadable'],
  ])('%j is %s', async (address, reason) => {
    expect(await reasonOf(address, {})).toBe(reason)
  })

  it('a name that leads inside, or outside and inside', async () => {
    const inside = { address: '127.0.0.1', family: 4 }
    const outside = { address: '93.184.216.34', family: 4 }
    for (const found of [[inside], [outside, inside], [{ address: '::1', family: 6 }]]) {
      expect(await reasonOf(`http://hook.example.com:${port}/`, { ...plain, resolve: async () => found })).toBe('inside')
    }
    expect(await reasonOf('http://hook.example.com/', { ...plain, resolve: async () => [] })).toBe('unknown_name')
    expect(knocks).toEqual([])
  })

  it('a name that answers outside when it is checked and inside when it is called: it is asked once', async () => {
    const nobody = '192.0.2.1' // TEST-NET-1: stands for an address on the internet, and nobody has it
    const answers = [nobody, '127.0.0.1']
    let asked = 0
    const resolve = async () => [{ address: answers[asked++] ?? '127.0.0.1', family: 4 }]
    const around = { ...plain, resolve, isOutside: (address: string) => address === nobody || isOutside(address) }
    const call = callOutside(`http://rebind.example.com:${port}/`, { ...get, timeout: 300 }, around)
    await expect(call).rejects.toThrow()
    expect(asked).toBe(1)
    expect(knocks).toEqual([])
  })

  it('a connection that ended up inside in some other way', async () => {
    let judged = 0
    const blindOnce = (address: string) => (judged++ === 0 ? true : isOutside(address))
    const around = { ...asIfOutside, isOutside: blindOnce }
    expect(await reasonOf(`http://hook.example.com:${port}/`, around)).toBe('inside')
    expect(knocks).toEqual([])
  })
})

describe('an address on the internet', () => {
  it('is called, with what was sent', async () => {
    const { status, body } = await callOutside(`http://hook.example.com:${port}/in`, { method: 'POST', body: '{}' }, asIfOutside)
    expect([status, body.toString(), knocks]).toEqual([200, 'here', ['POST /in']])
  })

  it('cannot lead on to the inside: a redirect is an answer', async () => {
    const { status } = await callOutside(`http://hook.example.com:${port}/redirect`, get, asIfOutside)
    expect([status, knocks]).toEqual([302, ['GET /redirect']])
  })

  it('is not listened to for longer or for more than was agreed', async () => {
    const long = await callOutside(`http://hook.example.com:${port}/long`, { ...get, mostBytes: 1000 }, asIfOutside)
    expect(long.body).toHaveLength(1000)
    await expect(callOutside(`http://hook.example.com:${port}/silent`, { ...get, timeout: 100 }, asIfOutside)).rejects.toThrow()
  })

  it.each(['https://example.com/hook', 'https://93.184.216.34/', 'https://[2606:2800:220:1::1]/', 'https://example.com:8443/'])(
    '%s may be kept',
    (address) => {
      expect(readOutboundUrl(address)).toBeInstanceOf(URL)
    },
  )
})
