import { describe, expect, it } from 'vitest'
import { placesWrong, sentOf, speechWrong, typedOf } from './serves.ts'

const typed = { memberId: 'm1', regions: 'us-ny, US-NJ,,ca', languages: ' ES;fr ', tags: 'Fleet, Home, Fleet' }

describe('whom somebody is given first', () => {
  it('is read from lists with commas, in any letters, each once', () => {
    expect(sentOf(typed)).toEqual({
      memberId: 'm1',
      regions: ['US-NY', 'US-NJ', 'CA'],
      languages: ['es', 'fr'],
      tags: ['Fleet', 'Home'],
    })
    expect(sentOf(typedOf(sentOf(typed)))).toEqual(sentOf(typed))
  })

  it('is wrong where it names no place or no language', () => {
    expect([placesWrong(typed), placesWrong({ ...typed, regions: 'New York' })]).toEqual([false, true])
    expect([speechWrong(typed), speechWrong({ ...typed, languages: 'Spanish' })]).toEqual([false, true])
  })
})
