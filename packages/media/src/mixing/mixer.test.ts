import { describe, expect, it } from 'vitest'
import { Mixer, type Seat } from './mixer.ts'

const speaks: Seat = { kind: 'speaks' }
const frame = (value: number) => new Int16Array(4).fill(value)
/** What everybody hears when each says a power of ten of her own. */
function hear(seats: Readonly<Record<string, Seat>>): Record<string, number | undefined> {
  const mixer = new Mixer(4)
  for (const [index, [id, seat]] of Object.entries(seats).entries()) {
    mixer.seat(id, seat)
    mixer.say(id, frame(10 ** index))
  }
  mixer.mix()
  return Object.fromEntries(Object.keys(seats).map((id) => [id, mixer.hear(id)?.[0]]))
}

describe('a conference', () => {
  it('refuses the thirty-third', () => {
    const mixer = new Mixer()
    const taken = Array.from({ length: 33 }, (_, i) => mixer.seat(`p${i}`, speaks))
    expect(taken.filter(Boolean).length).toBe(32)
    expect(mixer.hear('p32')).toBeUndefined()
  })

  it('lets everybody hear the others, and nobody herself', () => {
    expect(hear({ a: speaks, b: speaks, c: speaks })).toEqual({ a: 110, b: 101, c: 11 })
  })

  it('lets a supervisor listen unheard, whisper to one, and join in', () => {
    expect(hear({ agent: speaks, customer: speaks, boss: { kind: 'listens' } })).toEqual({ agent: 10, customer: 1, boss: 11 })
    expect(hear({ agent: speaks, customer: speaks, boss: { kind: 'whispers', to: 'agent' } })).toEqual({
      agent: 110,
      customer: 1,
      boss: 11,
    })
    expect(hear({ agent: speaks, customer: speaks, boss: speaks })).toEqual({ agent: 110, customer: 101, boss: 11 })
  })

  it('lets several whisper to the same person', () => {
    const seats = { agent: speaks, one: { kind: 'whispers', to: 'agent' }, two: { kind: 'whispers', to: 'agent' } } as const
    expect(hear(seats)).toEqual({ agent: 110, one: 1, two: 1 })
  })

  it('keeps who is on hold out of both', () => {
    expect(hear({ a: speaks, b: { kind: 'held' }, c: speaks })).toEqual({ a: 100, b: 0, c: 1 })
  })

  it('does not repeat who has said nothing new, and forgets who has left', () => {
    const mixer = new Mixer(4)
    for (const id of ['a', 'b', 'c']) mixer.seat(id, speaks)
    mixer.say('a', frame(5))
    mixer.say('c', frame(7))
    mixer.mix()
    mixer.say('c', frame(7))
    mixer.mix()
    expect(mixer.hear('b')?.[0]).toBe(7)
    mixer.leave('c')
    mixer.mix()
    expect(mixer.hear('b')?.[0]).toBe(0)
    expect(mixer.ids).toEqual(['a', 'b'])
  })

  it('stays at the limit where all shout', () => {
    const mixer = new Mixer(4)
    for (const id of ['a', 'b', 'c']) {
      mixer.seat(id, speaks)
      mixer.say(id, frame(30_000))
    }
    mixer.mix()
    expect(mixer.hear('a')?.[0]).toBe(32_767)
  })

  it('takes a frame that is longer or shorter than its own', () => {
    const mixer = new Mixer(4)
    mixer.seat('a', speaks)
    mixer.seat('b', speaks)
    mixer.say('a', new Int16Array(9).fill(3))
    mixer.say('b', new Int16Array(2).fill(4))
    mixer.mix()
    expect([...(mixer.hear('b') ?? [])]).toEqual([3, 3, 3, 3])
    expect([...(mixer.hear('a') ?? [])]).toEqual([4, 4, 0, 0])
  })
})
