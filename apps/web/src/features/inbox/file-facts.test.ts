import { describe, expect, it } from 'vitest'
import { fileKind } from './file-facts.ts'

describe('what a file is', () => {
  it.each([
    ['photo.pdf', 'image/jpeg', 'JPEG'],
    ['scan', 'application/pdf', 'PDF'],
    ['event.ics', 'text/calendar; method=REQUEST', 'ICS'],
    ['harmless.txt', 'text/html', 'HTML'],
    ['model.stl', 'application/octet-stream', 'STL'],
    ['nothing to go by', 'application/octet-stream', ''],
  ])('%s of type %s is %j', (name, type, kind) => {
    expect(fileKind({ name, type })).toBe(kind)
  })
})
