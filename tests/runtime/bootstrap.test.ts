import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { untilTrue } from '../setup/desk.ts'

const root = mkdtempSync(path.join(tmpdir(), 'frontdesk-bootstrap-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const everyday = { 'node_modules/tool': { version: '1.0.0' }, 'node_modules/vitest-like': { version: '2.0.0', dev: true } }

/**
 * A clone with the real bootstrap, whose npm is a program that notes how it was called and installs what the lock file names; the real one would fetch 500 MB.
 * `npmDoes` replaces that installing.
 */
function newClone(npmDoes = 'install()') {
  const clone = mkdtempSync(path.join(root, 'clone-'))
  mkdirSync(path.join(clone, 'scripts'))
  for (const name of ['bootstrap.mjs', 'install.mjs'])
    cpSync(path.resolve(import.meta.dirname, '../../scripts', name), path.join(clone, 'scripts', name))
  writeFileSync(
    path.join(clone, 'scripts/check.ts'),
    `const words: string[] = process.argv.slice(2); console.log('checked', ...words); process.exit(words.length)`,
  )
  writeFileSync(
    path.join(clone, 'scripts/backup.ts'),
    `process.on('SIGTERM', () => { console.log('told'); process.exit(7) }); console.log('waiting'); setInterval(() => {}, 1000)`,
  )
  lock(clone, everyday)
  const npm = path.join(clone, 'npm-cli.cjs')
  writeFileSync(
    npm,
    `const fs = require('node:fs'), path = require('node:path'), args = process.argv.slice(2)
     if (args[0] === '--version') { console.log('11.0.0'); process.exit() }
     fs.appendFileSync('npm.log', args.join(' ') + '\\n')
     function install() {
       const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'))
       const wanted = Object.entries(packages).filter(([, entry]) => !(args.includes('--omit=dev') && entry.dev))
       if (args[0] === 'ci') fs.rmSync('node_modules', { recursive: true, force: true })
       for (const [place] of wanted) fs.mkdirSync(place, { recursive: true })
       fs.mkdirSync('node_modules/.bin', { recursive: true })
       if (!fs.existsSync('node_modules/.bin/node')) fs.symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/.bin/node')
       fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: Object.fromEntries(wanted) }))
     }
     ${npmDoes}`,
  )
  return clone
}

const lock = (clone: string, packages: object): void => writeFileSync(path.join(clone, 'package-lock.json'), JSON.stringify({ packages }))
const npmCalls = (clone: string): string[] => {
  try {
    return readFileSync(path.join(clone, 'npm.log'), 'utf8').trim().split('\n')
  } catch {
    return []
  }
}

function spawnIn(clone: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [path.join(clone, 'scripts/bootstrap.mjs'), ...args], {
    env: {
      ...process.env,
      npm_execpath: path.join(clone, 'npm-cli.cjs'),
      npm_node_execpath: process.execPath,
      npm_lifecycle_event: '',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  return { child, output: () => said }
}

async function run(clone: string, ...args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const { child, output } = spawnIn(clone, args)
  const [code] = await once(child, 'close')
  return { code, said: output() }
}

describe('what it refuses', () => {
  it('names the commands it knows', async () => {
    expect(await run(newClone(), 'strat')).toMatchObject({
      code: 1,
      said: expect.stringContaining('There is no command "strat". Known: start,'),
    })
  })

  it.each([
    ['no network', 'npm error code ENOTFOUND', 'npm could not reach its registry'],
    ['a full disk', 'npm error code ENOSPC', 'The disk is full'],
    ['a folder of somebody else', 'npm error code EACCES', 'npm may not write to this folder'],
    ['files that do not match', 'npm error code EUSAGE', 'package.json and package-lock.json do not match'],
  ])('explains %s', async (_case, words, sentence) => {
    const clone = newClone(`console.error(${JSON.stringify(words)}); process.exit(1)`)
    expect(await run(clone, 'check')).toMatchObject({ code: 1, said: expect.stringContaining(sentence) })
  })

  it('says what is missing when npm claims to be done', async () => {
    expect((await run(newClone(''), 'check')).said).toContain('these packages are still missing: tool, vitest-like')
  })

  it('refuses an npm that changed the lock file', async () => {
    const clone = newClone('install()')
    await run(clone, 'check')
    writeFileSync(
      path.join(clone, 'npm-cli.cjs'),
      `if (process.argv[2] === '--version') console.log('11.0.0'); else require('node:fs').writeFileSync('package-lock.json', '{"packages":{"":{}}}')`,
    )
    lock(clone, { ...everyday, 'node_modules/more': { version: '1.0.0' } })
    expect((await run(clone, 'check')).said).toContain('npm changed package-lock.json while installing. Restore that file')
  })
})

describe('what it installs', () => {
  it('installs everything for a command of developers, once, and hands over arguments and exit code', async () => {
    const clone = newClone()
    expect(await run(clone, 'check', 'a', 'b')).toMatchObject({ code: 2, said: expect.stringContaining('checked a b') })
    expect(await run(clone, 'check')).toMatchObject({ code: 0, said: 'checked\n' })
    expect(npmCalls(clone)).toEqual([expect.stringMatching(/^ci .*--ignore-scripts.*--include=dev/)])
  })

  it('leaves developers’ tools out where they are not needed, and adds them later without emptying the folder', async () => {
    const clone = newClone()
    const { child, output } = spawnIn(clone, ['backup'])
    await untilTrue(() => output().includes('waiting'), 'the backup')
    await run(clone, 'check')
    child.kill()
    await once(child, 'exit')
    expect(npmCalls(clone)).toEqual([
      expect.stringMatching(/^ci .*--omit=dev/),
      expect.stringMatching(/^install --no-save .*--include=dev/),
    ])
  })

  it('follows a changed lock file, and keeps developers’ tools', async () => {
    const clone = newClone()
    await run(clone, 'check')
    lock(clone, { ...everyday, 'node_modules/more': { version: '1.0.0' } })
    const { child, output } = spawnIn(clone, ['backup'])
    await untilTrue(() => output().includes('waiting'), 'the backup')
    child.kill()
    await once(child, 'exit')
    expect(npmCalls(clone).at(-1)).toMatch(/^install --no-save .*--include=dev/)
  })

  it('accepts what somebody installed by hand', async () => {
    const clone = newClone()
    await run(clone, 'check')
    rmSync(path.join(clone, 'node_modules/.frontdesk-install.json'))
    await run(clone, 'check')
    expect(npmCalls(clone)).toHaveLength(1)
  })

  it('asks of a machine only the optional packages that fit it', async () => {
    const clone = newClone(`install(); require('node:fs').rmSync('node_modules/elsewhere', { recursive: true })`)
    lock(clone, { ...everyday, 'node_modules/elsewhere': { version: '1.0.0', optional: true, os: ['plan9'], cpu: ['pdp11'] } })
    expect(await run(clone, 'check')).toMatchObject({ code: 0 })
  })

  it('lets one of two commands install and the other wait', async () => {
    const clone = newClone()
    const answers = await Promise.all([run(clone, 'check'), run(clone, 'check', 'x')])
    expect(answers.map(({ code }) => code)).toEqual([0, 1])
    expect(npmCalls(clone)).toHaveLength(1)
  })

  it('takes over from an installation that was killed', async () => {
    const clone = newClone()
    writeFileSync(path.join(clone, '.frontdesk-install.lock'), '2147483647')
    expect(await run(clone, 'check')).toMatchObject({ code: 0 })
  })
})

describe('how it ends', () => {
  it('passes a signal on and ends when its command has, with its exit code', async () => {
    const clone = newClone()
    const { child, output } = spawnIn(clone, ['backup'])
    await untilTrue(() => output().includes('waiting'), 'the command')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([7, null])
    expect(output()).toContain('told')
  })

  it('ends its command when npm, which started it, was killed', async () => {
    const clone = newClone()
    const bootstrap = JSON.stringify(path.join(clone, 'scripts/bootstrap.mjs'))
    const likeNpm = spawn(
      process.execPath,
      ['-e', `require('node:child_process').spawn(process.execPath, [${bootstrap}, 'backup'], { stdio: 'inherit' })`],
      {
        env: {
          ...process.env,
          npm_execpath: path.join(clone, 'npm-cli.cjs'),
          npm_node_execpath: process.execPath,
          npm_lifecycle_event: 'backup',
        },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    let said = ''
    likeNpm.stdout.on('data', (chunk) => (said += chunk))
    await untilTrue(() => said.includes('waiting'), 'the command')
    likeNpm.kill('SIGKILL')
    await untilTrue(() => said.includes('told'), 'its end')
  })
})
