import { describe, expect, it } from 'vitest'
import { reasonsToHold } from './held.rules.ts'

const clean = {
  trapped: false,
  texts: ['Do you have time on Friday? My site is https://ann.example.'],
  name: 'Ann',
  flooding: false,
  sameToken: 0,
}

describe('what is held back for a person to look at', () => {
  it('is nothing that people send, a link of theirs and a correction included', () => {
    expect(reasonsToHold({ ...clean, sameToken: 2 })).toEqual([])
  })

  it.each([
    ['the field that people do not see', { trapped: true }, 'trap'],
    ['many links', { texts: ['https://a.example www.b.example', 'http://c.example'] }, 'links'],
    ['a link for a name', { name: 'Buy at https://a.example' }, 'links'],
    ['markup', { texts: ['<a href="https://a.example">x</a>'] }, 'markup'],
    ['a flood from one network', { flooding: true }, 'flood'],
    ['one page sent over and over', { sameToken: 3 }, 'repeated'],
  ] as const)('is %s', (_name, facts, reason) => {
    expect(reasonsToHold({ ...clean, ...facts })).toEqual([reason])
  })
})
