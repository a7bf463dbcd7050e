import { describe, expect, it } from 'vitest'
import { meant, mentionAt, mentionedIn, piecesOf, writeMention } from './mention.rules.ts'

const people = ['Ann', 'Ann Lee', 'José Núñez'].map((name, at) => ({ id: String(at), name, role: 'member' }))
const [ann, lee, jose] = people

describe('a name after an @', () => {
  it.each([
    ['Ask @', 5, { at: 4, typed: '' }],
    ['Ask @ann l', 10, { at: 4, typed: 'ann l' }],
    ['(@jo', 4, { at: 1, typed: 'jo' }],
    ['write to ann@example.com', 24, undefined],
    ['Ask @ann\nand', 12, undefined],
    ['costs 5 @ 3', 11, undefined],
  ])('is looked for in “%s”', (text, caret, found) => {
    expect(mentionAt(text, caret)).toEqual(found)
  })

  it('is found without accents and by any of its words', () => {
    expect(meant(people, 'nun')).toEqual([jose])
    expect(meant(people, 'ann')).toEqual([ann, lee])
    expect(meant(people, 'x')).toEqual([])
  })

  it('is written out, with one space behind it', () => {
    expect(writeMention('Ask @jo please', { at: 4, typed: 'jo' }, 'José Núñez')).toEqual({ text: 'Ask @José Núñez please', caret: 15 })
    expect(writeMention('@', { at: 0, typed: '' }, 'Ann')).toEqual({ text: '@Ann ', caret: 5 })
  })

  it('is the longest that stands there, whole, once', () => {
    expect(mentionedIn('@Ann Lee, tell @Ann and @Ann Lee; not @Annika', people)).toEqual([lee, ann])
    expect(piecesOf('Hi @Ann Lee!', people)).toEqual(['Hi ', { person: lee, start: 3 }, '!'])
  })
})
