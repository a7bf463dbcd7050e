import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { PUBLIC_ADDRESS_CHECK_PATH, watchPublicAddress } from './index.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const serve = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
const lookAt = async (url: string | undefined) => {
  const watch = watchPublicAddress({ url, token: 'ours' })
  const answer = await watch.check()
  watch.close()
  return answer
}

describe('an address that does not lead here', () => {
  it('says that nobody named one', async () => {
    expect(await lookAt(undefined)).toMatchObject({
      url: undefined,
      reachable: false,
      why: expect.stringContaining('works on this computer only'),
    })
  })

  it('says that nothing listens there', async () => {
    const url = await serve(() => undefined)
    servers.pop()?.close()
    expect(await lookAt(url)).toMatchObject({ reachable: false, why: expect.stringContaining('Nothing listens') })
  })

  it('says that the name leads nowhere', async () => {
    expect(await lookAt('https://desk.invalid')).toMatchObject({
      reachable: false,
      why: expect.stringContaining('The name desk.invalid does not lead anywhere'),
    })
  })

  it.each([
    ['another page', 200, 'Welcome to nginx!', 'Something else answers'],
    ['another Frontdesk', 200, 'theirs', 'Something else answers'],
    ['a page that is not there', 404, 'not found', 'Something else answers'],
    ['a proxy that does not find us', 502, 'bad gateway', 'answers with an error (502)'],
  ])('says that there is %s', async (_case, status, body, why) => {
    const url = await serve((_request, response) => response.writeHead(status).end(body))
    expect(await lookAt(url)).toMatchObject({ reachable: false, why: expect.stringContaining(why) })
  })

  it('says that HTTPS is expected where there is none', async () => {
    const url = await serve((_request, response) => response.end('ours'))
    expect(await lookAt(url.replace('http:', 'https:'))).toMatchObject({
      reachable: false,
      why: expect.stringContaining('no valid certificate'),
    })
  })

  it('does not follow a redirect to somebody who knows our token', async () => {
    const elsewhere = await serve((_request, response) => response.end('ours'))
    const url = await serve((_request, response) => response.writeHead(302, { location: elsewhere }).end())
    expect(await lookAt(url)).toMatchObject({ reachable: false, why: expect.stringContaining(`leads on to ${elsewhere}`) })
  })
})

it('knows its own answer', async () => {
  const url = await serve(({ url: place }, response) => response.end(place === PUBLIC_ADDRESS_CHECK_PATH ? 'ours\n' : ''))
  expect(await lookAt(url)).toEqual({ url, reachable: true, why: `${url} leads here.` })
})
