import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const fixture = path.join(import.meta.dirname, 'fixtures/inventory')

it('a column of a row type that its inventory does not declare fails the type check, and so does one that is declared but not there', () => {
  const { stdout, status } = spawnSync(path.join(root, 'node_modules/.bin/tsc'), ['--noEmit', '-p', fixture, '--pretty', 'false'], {
    encoding: 'utf8',
  })
  const errors = stdout.split('\n').filter((line) => line.includes('error TS'))
  expect(status).not.toBe(0)
  expect(errors).toHaveLength(2)
  expect(stdout).toMatch(/missing-column\.ts.*nickname/s)
  expect(stdout).toMatch(/unknown-column\.ts.*nickname/s)
  expect(stdout).not.toContain('complete.ts(')
})
