import { describe, expect, it } from 'vitest'
import type { Headers } from '../messages/headers.ts'
import { glare, mayOffer, noOffers, retryAfter491 } from './offers.ts'
import { acknowledge, isNext, type ReliableServer, reliableTimer, sendReliable, startReliable } from './reliable.ts'
import { answerTimer, askForTimer, leastAfter422, timerOfClient, timesOf } from './session-timer.ts'

describe('two offers that cross, §14.1, §14.2 and RFC 3311 §5', () => {
  it('are refused with 491 where ours runs, and with 500 and Retry-After where theirs does', () => {
    expect(glare({ offer: 'none', invite: 'ours' }, 'INVITE', false)).toEqual({ status: 491 })
    expect(glare({ offer: 'none', invite: 'theirs' }, 'INVITE', true)).toEqual({ status: 500, retryAfter: true })
    expect(glare({ offer: 'ours', invite: 'none' }, 'UPDATE', true)).toEqual({ status: 491 })
    expect(glare({ offer: 'theirs', invite: 'theirs' }, 'UPDATE', true)).toEqual({ status: 500, retryAfter: true })
  })

  it('do not stop an UPDATE that offers nothing, nor anything when nothing runs', () => {
    expect(glare({ offer: 'ours', invite: 'ours' }, 'UPDATE', false)).toBeUndefined()
    expect(glare(noOffers, 'INVITE', true)).toBeUndefined()
    expect([
      mayOffer(noOffers, 'INVITE'),
      mayOffer({ offer: 'none', invite: 'theirs' }, 'INVITE'),
      mayOffer({ offer: 'none', invite: 'theirs' }, 'UPDATE'),
    ]).toEqual([true, false, true])
  })

  it('are tried again after times that do not meet', () => {
    expect([0, 0.999].map((chance) => retryAfter491(true, chance))).toEqual([2100, 4000])
    expect([0, 0.999].map((chance) => retryAfter491(false, chance))).toEqual([0, 2000])
  })
})

const timer = (seconds: number, refresher?: string): Headers => ({
  supported: ['timer'],
  sessionExpires: { value: String(seconds), parameters: refresher ? [{ name: 'refresher', value: refresher }] : [] },
})

describe('a session timer, RFC 4028', () => {
  it('that is too short is refused with 422 and the least', () => {
    expect(answerTimer(timer(60), 1800)).toEqual({ ok: false, headers: { minSe: { value: '90', parameters: [] } } })
    expect(leastAfter422({ minSe: { value: '120', parameters: [] } }, 90)).toBe(120)
    expect(leastAfter422({ minSe: { value: '90', parameters: [] } }, 90)).toBeUndefined()
    expect(leastAfter422({}, 90)).toBeUndefined()
  })

  it('is refreshed by who asked for it, unless that one says otherwise or knows nothing of it', () => {
    expect(answerTimer(timer(1800), 1800)).toMatchObject({
      ok: true,
      timer: { seconds: 1800, weRefresh: false },
      headers: { require: ['timer'] },
    })
    expect(answerTimer(timer(1800, 'uas'), 1800)).toMatchObject({ ok: true, timer: { weRefresh: true } })
    expect(answerTimer({}, 600)).toEqual({
      ok: true,
      timer: { seconds: 600, weRefresh: true },
      headers: { sessionExpires: { value: '600', parameters: [{ name: 'refresher', value: 'uas' }] } },
    })
  })

  it('is as long as the shorter wish, and never shorter than the least of anybody', () => {
    const seconds = (headers: Headers, wanted: number) => {
      const answered = answerTimer(headers, wanted)
      return answered.ok ? answered.timer?.seconds : undefined
    }
    expect(seconds(timer(1800), 600)).toBe(600)
    expect(seconds(timer(300), 600)).toBe(300)
    expect(seconds({ ...timer(3600), minSe: { value: '1200', parameters: [] } }, 600)).toBe(1200)
  })

  it('is what the 2xx says', () => {
    expect(timerOfClient({})).toBeUndefined()
    expect(timerOfClient(timer(1800, 'uas'))).toEqual({ seconds: 1800, weRefresh: false })
    expect(timerOfClient(timer(1800, 'uac'))).toEqual({ seconds: 1800, weRefresh: true })
    expect(askForTimer(60, 90).sessionExpires?.value).toBe('90')
  })

  it('is refreshed at half its time; who waits for it hangs up a third, at most 32 s, before its end, §10', () => {
    expect(timesOf({ seconds: 1800, weRefresh: true })).toEqual({ refresh: 900_000, over: 1_800_000 })
    expect(timesOf({ seconds: 1800, weRefresh: false })).toEqual({ over: 1_768_000 })
    expect(timesOf({ seconds: 90, weRefresh: false })).toEqual({ over: 60_000 })
  })
})

describe('a reliable provisional response, RFC 3262', () => {
  const invite = { sequence: 314, method: 'INVITE' }

  it('is repeated at 500, 1500, 3500, 7500, 15500 and 31500 ms, and given up at 32000', () => {
    let { state } = sendReliable(startReliable(invite, 988), 0)
    const acts: string[] = []
    for (let now = 0; now <= 40_000; now += 100) {
      const step = reliableTimer(state, now)
      if (step.act !== 'none') acts.push(`${now} ${step.act}`)
      state = step.state
    }
    expect(acts).toEqual([...[500, 1500, 3500, 7500, 15_500, 31_500].map((at) => `${at} repeat`), '32000 give up'])
  })

  it('ends with its own PRACK and with no other, §3', () => {
    const { state, sequence } = sendReliable(startReliable(invite, 988), 0)
    expect(sequence).toBe(988)
    const status = (rack: Parameters<typeof acknowledge>[1], of: ReliableServer = state) => acknowledge(of, rack).status
    expect(status(undefined)).toBe(481)
    expect(status({ response: 989, sequence: 314, method: 'INVITE' })).toBe(481)
    expect(status({ response: 988, sequence: 315, method: 'INVITE' })).toBe(481)
    const done = acknowledge(state, { response: 988, sequence: 314, method: 'INVITE' })
    expect([done.status, reliableTimer(done.state, 600).act]).toEqual([200, 'none'])
    expect(status({ response: 988, sequence: 314, method: 'INVITE' }, done.state)).toBe(481)
    expect(sendReliable(done.state, 700).sequence).toBe(989)
  })

  it('is taken when it is the first or the next, and not when it is a repeat or too early, §4', () => {
    expect([isNext(undefined, 500), isNext(500, 501), isNext(500, 500), isNext(500, 502)]).toEqual([true, true, false, false])
  })
})
