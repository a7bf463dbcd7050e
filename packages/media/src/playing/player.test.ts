import { describe, expect, it } from 'vitest'
import { sine } from '../signals.fixture.ts'
import { Player, type PlayerEvent } from './player.ts'

function player() {
  const events: PlayerEvent[] = []
  return { events, player: new Player((event) => events.push(event)) }
}
const steady = (value: number, length: number) => new Int16Array(length).fill(value)
const next = (from: Player, length = 160) => {
  const frame = new Int16Array(length)
  const filled = from.fill(frame)
  return { frame, filled }
}

describe('playing', () => {
  it('is silent when there is nothing', () => {
    const { player: one } = player()
    expect(next(one).filled).toBe(0)
    one.say('empty', new Int16Array(0))
    expect(one.busy).toBe(false)
  })

  it('plays one sound after the other without a gap, and tells the end of each', () => {
    const { player: one, events } = player()
    one.say('a', steady(1, 100))
    one.say('b', steady(2, 100))
    const { frame, filled } = next(one)
    expect([filled, frame[99], frame[100], frame[159]]).toEqual([160, 1, 2, 2])
    expect(events).toEqual([{ kind: 'finished', id: 'a', played: 100, length: 100 }])
    expect(next(one).filled).toBe(40)
    expect(events.at(-1)).toEqual({ kind: 'finished', id: 'b', played: 100, length: 100 })
  })

  it('takes a sound in pieces as it is made', () => {
    const { player: one, events } = player()
    one.say('speech', steady(1, 100))
    one.say('speech', steady(2, 200))
    expect(one.waitingMs).toBe(37.5)
    next(one)
    next(one)
    expect(events).toEqual([{ kind: 'finished', id: 'speech', played: 300, length: 300 }])
  })

  it('reaches marks where they stand', () => {
    const { player: one, events } = player()
    one.mark('start')
    one.say('a', steady(1, 160))
    one.mark('middle')
    one.say('b', steady(1, 200))
    one.mark('end')
    next(one)
    expect(events.map((event) => (event.kind === 'mark' ? event.name : event.id))).toEqual(['start', 'a', 'middle'])
    next(one)
    next(one)
    expect(events.at(-1)).toEqual({ kind: 'mark', name: 'end', heard: true })
  })

  it('tells how much was heard when it is interrupted, and that the marks were not', () => {
    const { player: one, events } = player()
    one.say('a', steady(1, 1000))
    one.say('b', steady(1, 500))
    one.mark('end')
    next(one)
    next(one)
    expect(one.clear()).toEqual([
      { id: 'a', played: 320, length: 1000 },
      { id: 'b', played: 0, length: 500 },
    ])
    expect(events).toEqual([{ kind: 'mark', name: 'end', heard: false }])
    expect(one.busy).toBe(false)
  })

  it('fades what it cuts off, so that it does not click', () => {
    const { player: one } = player()
    one.say('tone', sine(400, 1))
    const before = next(one).frame
    one.clear()
    const after = next(one).frame
    const sound = [...before, ...after]
    const steps = sound.slice(1).map((sample, i) => Math.abs(sample - (sound[i] ?? 0)))
    expect(Math.max(...steps)).toBeLessThan(10_000 * 2 * Math.sin((Math.PI * 400) / 8000) * 1.1)
    expect(after.subarray(64).every((sample) => sample === 0)).toBe(true)
  })

  it('repeats music until it is cleared', () => {
    const { player: one, events } = player()
    one.say('music', Int16Array.of(1, 2, 3), true)
    expect([...next(one, 7).frame]).toEqual([1, 2, 3, 1, 2, 3, 1])
    expect(events).toEqual([])
    expect(one.clear()).toEqual([{ id: 'music', played: 7, length: 3 }])
  })
})
