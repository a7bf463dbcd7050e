import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { listenOn } from './listen-on.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const listen = async (host: string, port: number): Promise<number> => {
  const server = createServer().listen(port, host)
  await once(server, 'listening')
  servers.push(server)
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}

it('refuses a port that is taken where it may not take another, and names the setting', async () => {
  const port = await listen('127.0.0.1', 0)
  const wish = { host: '127.0.0.1', port, orNextFree: false }
  await expect(listenOn(wish, listen)).rejects.toThrow(
    `Port ${port} is taken by another program. Stop it, or choose another port with PORT.`,
  )
  await expect(listenOn(wish, listen, 'HTTPS_PORT')).rejects.toThrow('with HTTPS_PORT')
})

it('refuses an address that is not this machine', async () => {
  await expect(listenOn({ host: '192.0.2.1', port: 0, orNextFree: true }, listen)).rejects.toThrow(
    '192.0.2.1 is not an address of this machine. Correct HOST',
  )
})

it('takes the next free port where it may', async () => {
  const port = await listen('127.0.0.1', 0)
  expect(await listenOn({ host: '127.0.0.1', port, orNextFree: true }, listen)).toBeGreaterThan(port)
})
