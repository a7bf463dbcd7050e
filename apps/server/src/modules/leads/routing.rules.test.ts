import type { MemberId } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { afterOpenMinutes, type Candidate, chooseOwner, type Serves } from './routing.rules.ts'

const at = (hour: number) => Temporal.Instant.from('2027-01-04T00:00:00Z').add({ hours: hour })
const who = (name: string, open = 0, lastTurn: number | null = null, serves: Partial<Serves> = {}): Candidate => ({
  memberId: name as MemberId,
  open,
  lastTurn,
  ...{ regions: [], languages: [], tags: [] },
  ...serves,
})
const nothing = { places: [], locale: null, tags: [] }
const three = [who('a', 4, 3), who('b', 1, 1), who('c', 1, 2)]
const wish = { way: 'rotation' as const, previousFirst: true, previous: null, contact: nothing, candidates: three }

describe('who is given a new lead', () => {
  it('is nobody where nobody is chosen, or nobody takes part', () => {
    expect(chooseOwner({ ...wish, way: 'nobody', previous: 'a' as MemberId })).toBeUndefined()
    expect(chooseOwner({ ...wish, candidates: [] })).toBeUndefined()
  })

  it('is the one whose turn is the longest ago, and first who never had one', () => {
    expect(chooseOwner(wish)).toEqual({ memberId: 'b', because: 'turn' })
    expect(chooseOwner({ ...wish, candidates: [...three, who('d')] })).toEqual({ memberId: 'd', because: 'turn' })
  })

  it('is the one with the fewest open leads, and of several the one whose turn it is', () => {
    expect(chooseOwner({ ...wish, way: 'load' })).toEqual({ memberId: 'b', because: 'least_work' })
  })

  it('is whoever worked with her before, as long as she takes part and that is wanted', () => {
    expect(chooseOwner({ ...wish, previous: 'a' as MemberId })).toEqual({ memberId: 'a', because: 'previous_owner' })
    expect(chooseOwner({ ...wish, previous: 'z' as MemberId })?.memberId).toBe('b')
    expect(chooseOwner({ ...wish, previousFirst: false, previous: 'a' as MemberId })?.memberId).toBe('b')
  })

  describe('of those who serve such a contact', () => {
    const people = [
      who('all', 0, 1),
      who('ny', 0, 9, { regions: ['US-NY', 'US-NJ'] }),
      who('es', 0, 9, { languages: ['es'] }),
      who('ny es', 0, 9, { regions: ['US'], languages: ['es', 'fr'] }),
      who('boats', 0, 9, { tags: ['Boats'] }),
    ]
    it.each([
      ['of a territory', { places: ['US-NY'] }, 'ny'],
      ['of a whole country, who speaks her language too', { places: ['US-TX'], locale: 'es-MX' }, 'ny es'],
      ['who speaks her language', { places: ['ES'], locale: 'es' }, 'es'],
      ['who knows what she asks for', { tags: ['boats'] }, 'boats'],
      ['who asks nothing, where nobody else fits', { places: ['CA-ON'], locale: 'en', tags: ['cars'] }, 'all'],
      ['who asks nothing, where nothing is known', {}, 'all'],
    ])('it is the one %s', (_, known, expected) => {
      expect(chooseOwner({ ...wish, contact: { ...nothing, ...known }, candidates: people })?.memberId).toBe(expected)
    })

    it('everybody takes part where nobody serves her, and the one before comes first all the same', () => {
      const contact = { ...nothing, places: ['CA-QC'] }
      expect(chooseOwner({ ...wish, contact, candidates: people.slice(1) })?.memberId).toBe('boats')
      expect(chooseOwner({ ...wish, contact, previous: 'ny' as MemberId, candidates: people })?.memberId).toBe('ny')
    })
  })

  it('goes round: after as many leads as there are people everybody was given one, whatever the order they are named in', () => {
    for (let size = 1; size < 8; size++) {
      let people = Array.from({ length: size }, (_, index) => who(`m${(index * 5) % 7}-${index}`))
      const given: string[] = []
      for (let turn = 0; turn < size * 3; turn++) {
        const chosen = chooseOwner({ ...wish, candidates: turn % 2 ? people : people.toReversed() })
        given.push(chosen?.memberId ?? '')
        people = people.map((one) => (one.memberId === chosen?.memberId ? { ...one, lastTurn: turn } : one))
      }
      for (let round = 0; round < 3; round++) expect(new Set(given.slice(round * size, (round + 1) * size)).size).toBe(size)
    }
  })
})

describe('minutes of opening hours', () => {
  const open = [
    { startMs: at(9).epochMilliseconds, endMs: at(12).epochMilliseconds },
    { startMs: at(13).epochMilliseconds, endMs: at(17).epochMilliseconds },
    { startMs: at(33).epochMilliseconds, endMs: at(41).epochMilliseconds },
  ]
  it.each([
    ['within the morning', at(9), 30, at(9).add({ minutes: 30 })],
    ['from before it opens', at(2), 30, at(9).add({ minutes: 30 })],
    ['over the lunch break', at(11), 90, at(13).add({ minutes: 30 })],
    ['over the night', at(16), 90, at(33).add({ minutes: 30 })],
    ['to the last minute', at(16), 60, at(17)],
  ])('pass %s', (_, from, minutes, expected) => {
    expect(String(afterOpenMinutes(open, from, minutes))).toBe(String(expected))
  })

  it('do not pass where there are fewer', () => {
    expect(afterOpenMinutes(open, at(40), 90)).toBeUndefined()
    expect(afterOpenMinutes([], at(9), 1)).toBeUndefined()
  })
})
