import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase, openPool } from '../database/index.ts'
import { testDatabase } from '../database/testing.ts'
import { openLimiter, type RateLimit, removeOldWindows } from './index.ts'

const test = await testDatabase()
const { database, keys, clock, asSuperuser } = test
/** Another web process: its own memory and its own connections. */
const other = openDatabase({ url: test.urls.app, keys, clock, connections: 2 })
afterAll(() => other.close())
const [one, two] = [openLimiter(() => database), openLimiter(() => other)]
const guesses: RateLimit = { name: 'guesses', requests: 5, seconds: 60, shared: true }
const looks: RateLimit = { name: 'looks', requests: 5, seconds: 60 }
const now = () => clock().epochMilliseconds
const windows = async () => (await asSuperuser('select * from platform.rate_window')).rows

/** How many of so many tries two processes let through, when they come in turn or all at once. */
async function admitted(limit: RateLimit, who: string, tries: number): Promise<number> {
  const verdicts = await Promise.all(Array.from({ length: tries }, (_, n) => (n % 2 === 0 ? one : two).take(limit, who, now())))
  return verdicts.filter(({ allowed }) => allowed).length
}

describe('a limit that web processes share', () => {
  it('lets two of them allow no more than one would', async () => {
    expect(await admitted(guesses, '192.0.2.1', 20)).toBe(5)
    expect(await admitted(guesses, '192.0.2.2', 4)).toBe(4)
  })

  it('counts what is no secret in each of them', async () => {
    expect(await admitted(looks, '192.0.2.1', 20)).toBe(10)
  })

  it('counts a whole IPv6 network as one', async () => {
    expect((await admitted(guesses, '2001:db8::1', 6)) + (await admitted(guesses, '2001:db8::2', 6))).toBe(5)
  })

  it('says how many are left and when it begins anew, also after the clock went back', async () => {
    expect(await one.take(guesses, 'somebody', now())).toMatchObject({ allowed: true, remaining: 4, resetSeconds: 60 })
    clock.advance({ seconds: 20 })
    expect(await two.take(guesses, 'somebody', now())).toMatchObject({ allowed: true, remaining: 3, resetSeconds: 40 })
    clock.advance({ seconds: 40 })
    expect(await two.take(guesses, 'somebody', now())).toMatchObject({ remaining: 4, resetSeconds: 60 })
    clock.advance({ hours: -1 })
    expect(await one.take(guesses, 'somebody', now())).toMatchObject({ remaining: 4, resetSeconds: 60 })
  })

  it('asks the database no more once somebody is over it', async () => {
    const requests = async () => (await windows()).reduce((sum, window) => sum + window.requests, 0)
    const before = await requests()
    for (let n = 0; n < 8; n++) await one.take(guesses, 'flood', now())
    expect((await requests()) - before).toBe(5)
    expect(await two.take(guesses, 'flood', now())).toMatchObject({ allowed: false, remaining: 0 })
  })

  it('keeps no address and no name, and nothing for longer than its window', async () => {
    const kept = await windows()
    expect(kept.length).toBeGreaterThan(3)
    expect(JSON.stringify(kept)).not.toMatch(/192\.0\.2|2001:db8|somebody|guesses/)
    const relay = openPool(test.urls.relay, 1)
    expect(await removeOldWindows(relay, clock().add({ hours: 2 }))).toBe(kept.length)
    await relay.end()
    expect(await windows()).toEqual([])
  })
})
