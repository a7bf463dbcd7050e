import { mostLines as most } from '@frontdesk/contract'
import { expect, it } from 'vitest'
import { mostLines, sendLines } from './send-lines.ts'

it('sends every line once and in order, in parts, however lines end', async () => {
  const parts: [number, number][] = []
  const all: string[] = []
  const file = new Blob([`first\r\n${Array.from({ length: 9_998 }, (_, index) => `line ${index}`).join('\n')}\nlast`])
  let bytes = 0
  await sendLines(
    file,
    async (from, lines) => {
      parts.push([from, lines.length])
      all.push(...lines)
    },
    (told) => {
      bytes = told
    },
  )
  expect(parts).toEqual([
    [0, 5000],
    [5000, 5000],
  ])
  expect([all[0], all.at(-1), all.length]).toEqual(['first', 'last', 10_000])
  expect(bytes).toBe(file.size)
})

it('gives up on a refusal at once', async () => {
  let asked = 0
  const send = async () => {
    asked += 1
    throw new Error('refused')
  }
  await expect(sendLines(new Blob(['a\nb']), send, () => undefined)).rejects.toThrow('refused')
  expect(asked).toBe(1)
})

it('sends as much at once as the API takes', () => expect(mostLines).toBe(most))
