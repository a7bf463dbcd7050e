import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import { loadConfig } from '../config/index.ts'
import { isRunning } from '../postgres-server/index.ts'
import { RoleOutput } from './role-output.ts'
import { SupervisedRole } from './supervised-role.ts'

const root = mkdtempSync(path.join(tmpdir(), 'frontdesk-roles-'))
const roles: SupervisedRole[] = []
afterEach(async () => {
  for (const role of roles.splice(0)) await role.stop()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const runRole = JSON.stringify(String(new URL('./run-role.ts', import.meta.url)))

/**
 * A role whose program does `body` when it starts. In it, `start` is what the role was started with, `lives` how often it was started, and `finish` leaves a mark.
 */
const roleThat = (body: string) => {
  const main = path.join(root, `${randomUUID()}.mjs`)
  const source = `
    import fs from 'node:fs'
    import { runRole } from ${runRole}
    const note = import.meta.filename + '.pids'
    fs.appendFileSync(note, process.pid + '\\n')
    const lives = fs.readFileSync(note, 'utf8').trim().split('\\n').length
    const finish = () => fs.writeFileSync(import.meta.filename + '.finished', '')
    await runRole(async (start) => { ${body} })
  `
  writeFileSync(main, source)
  const said: string[] = []
  const config = loadConfig({}, ['--data', root], root)
  const urls = { owner: '', app: 'postgres://secret', auth: '', relay: '', eraser: '', backup: '' }
  const role = new SupervisedRole({
    role: 'web',
    main,
    environment: process.env,
    begin: async () => ({
      role: 'web',
      config,
      database: urls,
      webFolder: undefined,
      listen: { host: '127.0.0.1', port: 1, orNextFree: true },
    }),
    output: new RoleOutput(root, (line) => said.push(line)),
    say: (line) => said.push(line),
  })
  roles.push(role)
  const pids = () => readFileSync(`${main}.pids`, 'utf8').trim().split('\n').map(Number)
  return { role, said, pids, wasFinished: () => existsSync(`${main}.finished`) }
}
/** Polls: the other side is another process. */
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

it('gives up a role that never gets ready, with its own words', async () => {
  const { role, pids } = roleThat(`throw new Error('Port 80 is taken.')`)
  await expect(role.start()).rejects.toThrow('The web role does not start: Port 80 is taken.')
  expect(pids()).toHaveLength(4)
})

it('hands over what the role needs without showing it to others on the machine', async () => {
  const { role, pids } = roleThat(`return { port: start.database.app === 'postgres://secret' ? 4711 : 0, stop: async () => {} }`)
  expect(await role.start()).toMatchObject({ port: 4711, notices: [] })
  if (process.platform === 'linux') expect(readFileSync(`/proc/${pids()[0]}/cmdline`, 'utf8')).not.toContain('secret')
})

it('starts a role again that dies of an error nobody caught, and writes down its name but not its text', async () => {
  const { role, said, pids } = roleThat(`
    const timer = setInterval(() => {}, 1000)
    if (lives === 1) setImmediate(() => { throw new RangeError('mia@example.com') })
    return { stop: async () => clearInterval(timer) }
  `)
  await role.start()
  await until(() => pids().length === 2)
  await until(() => said.some((line) => line.includes('It starts again')))
  expect(said.join('\n')).toContain('role.crashed, RangeError')
  expect(said.join('\n')).not.toContain('mia@')
})

it('lets a role finish when it is stopped, and leaves no process', async () => {
  const { role, pids, wasFinished } = roleThat(`
    const timer = setInterval(() => {}, 1000)
    return { stop: async () => { clearInterval(timer); finish() } }
  `)
  await role.start()
  expect(wasFinished()).toBe(false)
  await role.stop()
  expect(wasFinished()).toBe(true)
  expect(pids().some(isRunning)).toBe(false)
})

it('ends a start that is stopped before the role is ready', async () => {
  const { role } = roleThat('await new Promise(() => setInterval(() => {}, 1000))')
  const started = role.start().catch((error: unknown) => error)
  role.kill()
  expect(await started).toBeInstanceOf(Error)
})
