import { describe, expect, it } from 'vitest'
import { dice } from '../signals.fixture.ts'
import { MediaClock } from './media-clock.ts'
import { virtualClock } from './virtual-clock.fixture.ts'

const fails = (error: unknown) => {
  throw error
}

describe('the clock of all streams', () => {
  it('rests while there are none', () => {
    const time = virtualClock()
    const clock = new MediaClock(time.source, fails)
    expect(time.idle).toBe(true)
    const off = clock.add(() => undefined)
    expect(time.idle).toBe(false)
    off()
    expect(time.idle).toBe(true)
  })

  it('gives each stream 50 turns a second, spread over four moments', () => {
    const time = virtualClock()
    const clock = new MediaClock(time.source, fails)
    const turns = Array.from({ length: 8 }, () => [] as number[])
    for (const each of turns) clock.add((dueMs) => each.push(dueMs))
    time.pass(10_000)
    for (const each of turns) expect(each.length).toBe(500)
    expect(new Set(turns.map((each) => (each[0] ?? 0) % 20)).size).toBe(4)
    expect(clock.health).toMatchObject({ turns: 4000, late: 0, stalls: 0, worstMs: 0 })
  })

  it('does not drift though every timer is late', () => {
    const roll = dice(5)
    const time = virtualClock(() => 1 + roll() * 6)
    const clock = new MediaClock(time.source, fails)
    let count = 0
    clock.add(() => count++)
    time.pass(3_600_000)
    expect(Math.abs(count - 180_000)).toBeLessThanOrEqual(1)
  })

  it('catches up with a short stop, and counts it as late', () => {
    const time = virtualClock()
    const clock = new MediaClock(time.source, fails)
    const dues: number[] = []
    clock.add((dueMs) => dues.push(dueMs))
    time.pass(1000)
    time.freeze(150)
    time.pass(1000)
    expect(dues.length).toBe(107)
    expect(dues.slice(1).every((due, i) => due - (dues[i] ?? 0) === 20)).toBe(true)
    expect(clock.health.stalls).toBe(0)
    expect(clock.health.late).toBeGreaterThan(5)
    expect(clock.health.worstMs).toBeGreaterThan(100)
  })

  it('lets the time of a long stop go instead of sending it all at once', () => {
    const time = virtualClock()
    const clock = new MediaClock(time.source, fails)
    let count = 0
    clock.add(() => count++)
    time.pass(1000)
    time.freeze(5000)
    const before = count
    time.pass(20)
    expect(count - before).toBeLessThanOrEqual(3)
    expect(clock.health).toMatchObject({ stalls: 1 })
    expect(clock.health.stalledMs).toBeGreaterThan(4900)
    time.pass(1000)
    expect(count - before).toBeGreaterThanOrEqual(50)
  })

  it('takes off a stream whose turn throws, and tells of it, while the others go on', () => {
    const time = virtualClock()
    const told: unknown[] = []
    const clock = new MediaClock(time.source, (error) => told.push(error))
    let count = 0
    clock.add(() => {
      throw new Error('a broken stream')
    })
    clock.add(() => count++)
    time.pass(1000)
    expect(told).toEqual([new Error('a broken stream')])
    expect(count).toBe(50)
    expect(clock.health.failed).toBe(1)
    expect(clock.size).toBe(1)
  })

  it('lets a stream leave in its own turn', () => {
    const time = virtualClock()
    const clock = new MediaClock(time.source, fails)
    let count = 0
    const off = clock.add(() => {
      count++
      off()
    })
    time.pass(1000)
    expect(count).toBe(1)
    expect(time.idle).toBe(true)
  })
})
