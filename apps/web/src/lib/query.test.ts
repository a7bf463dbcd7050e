import { describe, expect, it } from 'vitest'
import { ApiProblem } from './api.ts'
import { worthAsking } from './query.ts'

const problem = (slug: string, status = 400) => new ApiProblem({ type: `/api/problems/${slug}`, title: slug, status })

describe('asking again by itself', () => {
  it.each([
    ['a refusal', 0, problem('http/not-allowed'), 'up'],
    ['somebody who is signed out', 0, problem('http/not-signed-in'), 'up'],
    ['a mistake of ours in this window', 0, new Error('x is undefined'), 'up'],
    ['a fourth time', 3, new TypeError('Failed to fetch'), 'up'],
    ['while the line is lost', 0, new TypeError('Failed to fetch'), 'lost'],
  ] as const)('does not bother the server with %s', (_, tries, error, line) => {
    expect(worthAsking(tries, error, line)).toBe(false)
  })

  it.each([
    ['a loss', new TypeError('Failed to fetch')],
    ['a restart', problem('http/unavailable', 503)],
    ['a limit', problem('http/too-many-requests', 429)],
  ])('bridges %s', (_, error) => {
    expect(worthAsking(0, error, 'up')).toBe(true)
  })
})
