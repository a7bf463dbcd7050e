import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Listener, openListener } from './index.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let test: TestDatabase
let listener: Listener
beforeAll(async () => {
  test = await testDatabase()
})
afterEach(() => listener.close())

const tell = (channel: string, payload: string) => test.asSuperuser('select pg_notify($1, $2)', [channel, payload])
const connected = () => new Promise<void>((resolve) => void listener.onConnected(resolve))
const cutOff = () =>
  test.asSuperuser(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'frontdesk listener' and datname = current_database()",
  )

describe('a listener', () => {
  it('hears what is told after it connected, on its channels alone', async () => {
    listener = openListener({ url: test.urls.app })
    const heard: string[] = []
    listener.on('frontdesk_test', (payload) => heard.push(payload))
    await connected()
    await tell('frontdesk_other', 'no')
    await tell('frontdesk_test', 'yes')
    await expect.poll(() => heard).toEqual(['yes'])
  })

  it('hears a channel that is added later, until it is taken away', async () => {
    listener = openListener({ url: test.urls.app })
    await connected()
    const heard: string[] = []
    const end = listener.on('frontdesk_later', (payload) => heard.push(payload))
    await expect
      .poll(async () => {
        await tell('frontdesk_later', 'x')
        return heard.length
      })
      .toBeGreaterThan(0)
    end()
    const before = heard.length
    const other: string[] = []
    listener.on('frontdesk_later', (payload) => other.push(payload))
    await tell('frontdesk_later', 'last')
    await expect.poll(() => other).toContain('last')
    expect(heard).toHaveLength(before)
  })

  it('comes back by itself, says that it was away, and hears again', async () => {
    const lost: string[] = []
    listener = openListener({ url: test.urls.app, onLost: (error) => lost.push(error.message) })
    const heard: string[] = []
    listener.on('frontdesk_test', (payload) => heard.push(payload))
    await connected()
    let returns = -1 // the call for the present connection does not count
    listener.onConnected(() => {
      returns += 1
    })
    await cutOff()
    await expect.poll(() => returns, { timeout: 5000 }).toBe(1)
    expect(lost).toHaveLength(1)
    await tell('frontdesk_test', 'again')
    await expect.poll(() => heard).toEqual(['again'])
  })

  it('that finds no server keeps trying, and can be closed meanwhile', async () => {
    let lost = 0
    listener = openListener({
      url: test.urls.app.replace(/:\d+\//, ':1/'),
      onLost: () => {
        lost += 1
      },
    })
    await expect.poll(() => lost).toBeGreaterThan(1)
    expect(listener.connectedSince).toBeUndefined()
  })
})
