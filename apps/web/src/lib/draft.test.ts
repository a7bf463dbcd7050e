import { describe, expect, it } from 'vitest'
import { forgetAllDrafts, forgetDraft, readDraft, writeDraft } from './draft.ts'

/** The part of the browser's storage that drafts use, with the same rules. */
function storage(entries: Record<string, string> = {}): Storage {
  const box: Record<string, string> = { ...entries }
  const methods = {
    getItem: (key: string) => box[key] ?? null,
    setItem: (key: string, value: string) => {
      box[key] = value
    },
    removeItem: (key: string) => {
      delete box[key]
    },
  }
  return new Proxy(methods as Storage, {
    ownKeys: () => Object.keys(box),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  })
}

const start = { name: '', email: '', tags: [] as string[], password: '' }

describe('a draft', () => {
  it('is refused when it is broken, or has another shape than the form by now', () => {
    expect(readDraft('x', start, storage({ 'frontdesk.draft.x': '{"name": ' }))).toBeUndefined()
    expect(readDraft('x', start, storage({ 'frontdesk.draft.x': '[1]' }))).toBeUndefined()
    expect(readDraft('x', start, storage({ 'frontdesk.draft.x': '{"name": 7, "tags": "none", "gone": "x"}' }))).toBeUndefined()
  })

  it('is refused by a full storage without an error', () => {
    const full = {
      getItem: () => null,
      removeItem: () => {},
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    } as unknown as Storage
    expect(() => writeDraft('x', { ...start, name: 'Ann' }, start, [], full)).not.toThrow()
  })

  it('never holds a secret', () => {
    const box = storage()
    writeDraft('x', { ...start, name: 'Ann', password: 'correct horse' }, start, ['password'], box)
    expect(box.getItem('frontdesk.draft.x')).toBe('{"name":"Ann"}')
  })

  it('brings back what was typed', () => {
    const box = storage()
    writeDraft('x', { ...start, name: 'محمد 👋', tags: ['vip'] }, start, [], box)
    expect(readDraft('x', start, box)).toEqual({ name: 'محمد 👋', tags: ['vip'] })
  })

  it('is gone once everything is as it was, or when it is forgotten', () => {
    const box = storage()
    writeDraft('x', { ...start, name: 'Ann' }, start, [], box)
    writeDraft('x', start, start, [], box)
    expect(readDraft('x', start, box)).toBeUndefined()
    writeDraft('x', { ...start, name: 'Ann' }, start, [], box)
    forgetDraft('x', box)
    expect(readDraft('x', start, box)).toBeUndefined()
  })

  it('goes with all others at sign-out, and nothing else does', () => {
    const box = storage({ 'frontdesk.theme': 'dark', 'frontdesk.draft.a': '{}', 'frontdesk.draft.b': '{}' })
    forgetAllDrafts(box)
    expect(Object.keys(box)).toEqual(['frontdesk.theme'])
  })
})
