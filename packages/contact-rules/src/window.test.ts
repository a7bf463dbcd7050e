import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { about, asText, at, fine, noon, numbered, write } from './example.fixture.ts'
import type { Facts } from './facts.ts'
import type { Channel } from './touch.ts'

type Operated = Extract<Channel, 'messenger' | 'instagram' | 'whatsapp'>
const hour = { milliseconds: 3_600_000 }
const heard = (channel: Operated, hoursAgo: number, personMayAnswerLater = false): Facts => ({
  ...fine,
  heard: { [channel]: noon.subtract({ milliseconds: hoursAgo * hour.milliseconds }) },
  sender: { ...fine.sender, personMayAnswerLater },
})
const reply = (channel: Operated, writer: 'person' | 'machine' = 'machine', template?: boolean) => ({
  ...write('conversation', channel, writer),
  ...(template === undefined ? {} : { template }),
})
const codes = (touch: Parameters<typeof decide>[0], facts: Facts) => decide(touch, facts, noon).reasons.map(({ code }) => code)

describe('the operator of a messenger lets us write', () => {
  it.each<Operated>(['messenger', 'instagram', 'whatsapp'])('on %s for 24 hours after her own message, and then no more', (channel) => {
    expect(codes(reply(channel), { ...fine, heard: {} })).toContain('window_closed')
    expect(codes(reply(channel), heard(channel, 24))).toContain('window_closed')
    const yes = decide(reply(channel), heard(channel, 23), noon)
    expect(asText(yes)).toMatchObject({ allowed: true, holdsUntil: noon.add({ hours: 1 }).toString() })
  })

  it('the answer, a booking, an offer she agreed to and a legal notice alike: what comes too late does not arrive', () => {
    for (const type of ['conversation', 'booking', 'broadcast', 'request'] as const) {
      expect(codes(write(type, 'messenger'), heard('messenger', 30))).toContain('window_closed')
      expect(codes(write(type, 'messenger'), heard('messenger', 2))).not.toContain('window_closed')
    }
  })

  it.each<Operated>(['messenger', 'instagram'])('on %s as a person for seven days, where it approved us; a machine never', (channel) => {
    expect(codes(reply(channel, 'person'), heard(channel, 100))).toContain('window_closed')
    expect(decide(reply(channel, 'person'), heard(channel, 100, true), noon)).toMatchObject({ allowed: true })
    expect(codes(reply(channel, 'person'), heard(channel, 168, true))).toContain('window_closed')
    expect(codes(reply(channel, 'machine'), heard(channel, 100, true))).toContain('window_closed')
  })

  it.each<Operated>(['messenger', 'instagram'])('on %s in these seven days about her own question, and nothing besides', (channel) => {
    const approved = heard(channel, 30, true)
    for (const type of ['booking', 'invoice', 'request', 'survey', 'broadcast'] as const)
      expect(codes(write(type, channel, 'person'), approved), type).toContain('window_closed')
    expect(codes(write('booking', channel, 'person'), heard(channel, 20, true))).not.toContain('window_closed')
  })

  it('by an approved template at any time on WhatsApp, and nowhere else', () => {
    expect(decide(reply('whatsapp', 'machine', true), { ...fine, heard: {} }, noon)).toMatchObject({ allowed: true })
    expect(codes(reply('messenger', 'machine', true), { ...fine, heard: {} })).toContain('window_closed')
  })

  it.each([
    ['a number of the United States, by template', '+12125550123', 30, true, true],
    ['a number of the United States, in free words, in her day', '+12125550123', 2, false, false],
    ['a number of the United States, by template, in her day', '+12125550123', 2, true, false],
    ['a number of Canada, by template', '+14165550123', 30, true, false],
    ['a number of Canada, in free words', '+14165550123', 30, false, true],
  ])('on WhatsApp with an offer to %s', (_whom, number, hoursAgo, template, closed) => {
    for (const type of ['broadcast', 'survey'] as const) {
      const touch = { ...about(type), channel: 'whatsapp', writer: 'machine', template } as const
      expect(codes(touch, { ...heard('whatsapp', hoursAgo), ...numbered(number) }).includes('window_closed'), type).toBe(closed)
    }
  })

  it('on WhatsApp with an offer by template until Meta stopped delivering them to the United States', () => {
    const offer = { ...about('broadcast'), channel: 'whatsapp', writer: 'machine', template: true } as const
    const on = (moment: Temporal.Instant) =>
      decide(offer, { ...fine, heard: {}, consents: fine.consents.map((one) => ({ ...one, givenAt: moment })) }, moment).reasons
    expect(on(at('2025-03-31T12:00:00Z')).map(({ code }) => code)).not.toContain('window_closed')
    expect(on(at('2025-04-01T12:00:00Z')).filter(({ code }) => code === 'window_closed')).toMatchObject([
      { rule: 'meta.whatsapp.us-offers' },
    ])
  })

  it('on WhatsApp with what is her own by template anywhere', () => {
    expect(codes({ ...about('booking'), channel: 'whatsapp', writer: 'machine', template: true }, { ...fine, heard: {} })).not.toContain(
      'window_closed',
    )
  })

  it('only on its own channel: what she wrote elsewhere opens nothing', () => {
    expect(codes(reply('messenger'), heard('instagram', 1))).toContain('window_closed')
  })

  it('also where there are no rules for the country', () => {
    const abroad = { ...heard('messenger', 30), person: { ...fine.person, address: { country: 'DE', region: null, zone: null } } }
    expect(codes(reply('messenger'), abroad)).toContain('window_closed')
  })

  it('and a refusal names another way as the step', () => {
    expect(decide(reply('messenger'), { ...fine, heard: {} }, noon)).toMatchObject({
      allowed: false,
      stepThatWouldAllow: 'use_other_channel',
    })
  })
})
