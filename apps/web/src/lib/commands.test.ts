import { describe, expect, it } from 'vitest'
import { type Command, matchShortcut, pressedName, shownKeys } from './commands.ts'

const command = (keys: string, label = keys): Command => ({ keys, label, group: 'Test', run: () => {} })
const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', true>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
})

describe('a pressed key', () => {
  it.each([
    ['alone with Alt, which writes letters on many keyboards', press('k', { altKey: true }), false],
    ['with ⌘ away from a Mac', press('k', { metaKey: true }), false],
    ['with Ctrl on a Mac', press('k', { ctrlKey: true }), true],
  ])('is no shortcut %s', (_, event, mac) => {
    expect(pressedName(event, mac)).toBeUndefined()
  })

  it('is named by what it writes, and by the command key of the computer', () => {
    expect(pressedName(press('?'), false)).toBe('?')
    expect(pressedName(press('K', { ctrlKey: true }), false)).toBe('mod+k')
    expect(pressedName(press('k', { metaKey: true }), true)).toBe('mod+k')
  })
})

describe('matching', () => {
  const all = [command('g c'), command('g i'), command('c', 'page'), command('c', 'dialog')]

  it('finds nothing for an unknown key, and forgets a first key that leads nowhere', () => {
    expect(matchShortcut('x', '', all)).toBeUndefined()
    expect(matchShortcut('x', 'g', all)).toBeUndefined()
  })

  it('waits for the second key of two', () => {
    expect(matchShortcut('g', '', all)).toBe('waits')
    expect(matchShortcut('i', 'g', all)).toMatchObject({ keys: 'g i' })
  })

  it('prefers two keys in a row to one, and the newest of the same', () => {
    expect(matchShortcut('c', 'g', all)).toMatchObject({ keys: 'g c' })
    expect(matchShortcut('c', '', all)).toMatchObject({ label: 'dialog' })
  })
})

it('shows keys the way the computer writes them', () => {
  expect(shownKeys('mod+k', true)).toEqual(['⌘K'])
  expect(shownKeys('mod+k', false)).toEqual(['Ctrl K'])
  expect(shownKeys('g c', false)).toEqual(['G', 'C'])
  expect(shownKeys('?', false)).toEqual(['?'])
})
