import { expect, it } from 'vitest'
import { fits } from './palette-match.ts'

it.each([
  ['lendar', ['Go to Calendar'], false],
  ['calendar now', ['Go to Calendar'], false],
  ['', ['Go to Calendar'], true],
  ['cal', ['Go to Calendar'], true],
  ['CAL go', ['Go to Calendar'], true],
  ['reglages', ['Réglages'], true],
  ['тём', ['Тёмная тема'], true],
  ['night', ['Dark theme', 'night'], true],
])('%j and %j: %s', (typed, texts, expected) => {
  expect(fits(typed, texts)).toBe(expected)
})
