import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { problems } from '@frontdesk/contract'
import { expect, it } from 'vitest'

const server = path.resolve(import.meta.dirname, '../../apps/server/src')
const source = globSync('**/*.ts', { cwd: server })
  .filter((name) => !/\.(test|testing)\.ts$|(^|\/)testing\.ts$/.test(name))
  .map((name) => readFileSync(path.join(server, name), 'utf8'))

it('finds every refusal of the registry where the server gives it: what nobody can meet is not documented', () => {
  expect(source.length).toBeGreaterThan(300)
  const never = Object.keys(problems).filter((slug) => !source.some((text) => text.includes(`'${slug}'`)))
  expect(never).toEqual([])
})
