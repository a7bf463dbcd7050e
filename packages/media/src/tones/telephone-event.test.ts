import { describe, expect, it } from 'vitest'
import { type Digit, digits } from './digits.ts'
import { EventReceiver, EventSender, type EventStep, type PressedKey, readEvent, writeEvent } from './telephone-event.ts'

/** Every step that a sender takes for these keys, with its place in time. */
function sent(keys: readonly Digit[], sender = new EventSender()): (EventStep | undefined)[] {
  sender.press(keys)
  const steps: (EventStep | undefined)[] = []
  while (sender.busy) steps.push(sender.next())
  return steps
}

/** What a receiver hears of steps of 20 ms, some of them lost, doubled or in another order. */
function heard(steps: readonly (EventStep | undefined)[], change: (step: EventStep, index: number) => readonly number[] = (_, i) => [i]) {
  const receiver = new EventReceiver()
  const arrivals = steps.flatMap((step, index) => (step ? change(step, index).map((at) => ({ at, index, step })) : []))
  const keys: PressedKey[] = []
  for (let k = 0; k < steps.length + 20; k++) {
    for (const { step, index } of arrivals.filter(({ at }) => at === k)) {
      const key = receiver.take((1000 + index * 160 - step.since) >>> 0, step.payload, k * 20)
      if (key) keys.push(key)
    }
    const key = receiver.expire(k * 20)
    if (key) keys.push(key)
  }
  return keys.map(({ digit }) => digit).join('')
}

describe('a telephone event', () => {
  it('refuses a payload that is too short', () => {
    expect(readEvent(Uint8Array.of(1, 2, 3))).toBeUndefined()
  })

  it('has the layout of RFC 4733 §2.3', () => {
    const bytes = new Uint8Array(6)
    writeEvent(bytes, 2, { event: 11, end: true, volume: 10, duration: 800 })
    expect([...bytes]).toEqual([0, 0, 11, 0x8a, 3, 0x20])
    expect(readEvent(bytes, 2)).toEqual({ event: 11, end: true, volume: 10, duration: 800 })
  })
})

describe('keys that are sent', () => {
  it('begin with a mark, grow, and end three times alike (§2.5.1.2, §2.5.1.4)', () => {
    const steps = sent(['5']).filter((step) => step !== undefined)
    expect(steps.map(({ marker }) => marker)).toEqual([true, ...Array(6).fill(false)])
    expect(steps.map(({ payload }) => payload.duration)).toEqual([160, 320, 480, 640, 800, 800, 800])
    expect(steps.map(({ payload }) => payload.end)).toEqual([false, false, false, false, true, true, true])
    expect(steps.map(({ since }) => since)).toEqual([0, 160, 320, 480, 640, 800, 960])
  })

  it('have a pause of 80 ms between them', () => {
    const steps = sent(['1', '1'])
    const starts = steps.flatMap((step, index) => (step?.marker ? [index] : []))
    expect(starts).toEqual([0, 9])
  })

  it('wait for those before them', () => {
    const sender = new EventSender()
    expect(sender.next()).toBeUndefined()
    sender.press(['1'])
    sender.next()
    expect(sent(['2'], sender).filter((step) => step?.marker).length).toBe(1)
    expect(sender.busy).toBe(false)
  })
})

describe('keys that are received', () => {
  const all: Digit[] = [...digits, '1', '1', '1']
  const text = all.join('')

  it('are told once each, repeats of the same key included', () => {
    expect(heard(sent(all))).toBe(text)
  })

  it('are told once though every packet comes twice, or late', () => {
    expect(heard(sent(all), (_, i) => [i, i + 1])).toBe(text)
    expect(heard(sent(all), (_, i) => [i + (i % 3)])).toBe(text)
  })

  it('are told though the first packet of each, or all that say the end, are lost', () => {
    expect(heard(sent(all), (step, i) => (step.marker ? [] : [i]))).toBe(text)
    expect(heard(sent(all), (step, i) => (step.payload.end ? [] : [i]))).toBe(text)
  })

  it('are told from a single packet', () => {
    expect(heard(sent(['9']), (_, i) => (i === 2 ? [i] : []))).toBe('9')
  })

  it('leave out events that are no keys, such as a flash of the hook', () => {
    const receiver = new EventReceiver()
    expect(receiver.take(0, { event: 16, end: true, volume: 10, duration: 800 }, 0)).toBeUndefined()
    expect(receiver.take(800, { event: 1, end: true, volume: 10, duration: 800 }, 100)).toEqual({ digit: '1', samples: 800, how: 'event' })
  })
})
