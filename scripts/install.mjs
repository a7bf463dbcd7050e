// @ts-check
/** Brings node_modules in line with package-lock.json: never less than asked for, never more work than needed. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * @typedef {'production' | 'everything'} Mode `production` leaves out the tools that only developers need.
 * @typedef {{ version: string, optional?: boolean, dev?: boolean, devOptional?: boolean, link?: boolean, os?: string | string[], cpu?: string | string[], libc?: string | string[] }} LockedPackage
 */

const PLATFORM = `${process.platform}-${process.arch}`
const SUPPORTED = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']
const NODE_MAJOR = 26
const OLDEST_NPM = 10
const LONGEST_INSTALL_MS = 30 * 60_000

/**
 * Installs what `mode` needs and answers the path of the pinned Node.
 * @param {string} root The clone.
 * @param {Mode} mode
 * @returns {Promise<string>}
 */
export async function installWhatIsMissing(root, mode) {
  refuseUnsupportedPlatform()
  if (!isStamped(root, mode)) {
    const release = await takeTurn(root)
    try {
      // Another command may have installed while this one waited; or somebody ran npm by hand.
      if (!isStamped(root, mode) && !isInstalled(root, mode)) await install(root, mode)
      if (!isStamped(root, mode)) writeStamp(root)
    } finally {
      release()
    }
  }
  return path.join(root, 'node_modules', '.bin', 'node')
}

function refuseUnsupportedPlatform() {
  if (!SUPPORTED.includes(PLATFORM)) {
    const hint = process.platform === 'win32' ? ' On Windows, run it inside WSL 2.' : ''
    throw new Error(`Frontdesk runs on Linux and macOS, on x64 and arm64; this is ${PLATFORM}.${hint}`)
  }
  if (process.platform === 'linux') {
    const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport())
    if (!header.glibcVersionRuntime) {
      throw new Error(
        'This Linux uses musl (Alpine does). The Node and PostgreSQL that Frontdesk brings need glibc: use Debian, Ubuntu, Fedora or the like.',
      )
    }
  }
}

/** @param {string} root */
const stampFile = (root) => path.join(root, 'node_modules', '.frontdesk-install.json')

/** @param {string} root */
const lockHash = (root) =>
  createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')

/**
 * @param {string} root
 * @param {Mode} mode
 */
function isStamped(root, mode) {
  const stamp = readJson(stampFile(root))
  return stamp?.lock === lockHash(root) && stamp.platform === PLATFORM && (stamp.mode === mode || stamp.mode === 'everything')
}

/** @param {string} root */
function writeStamp(root) {
  const mode = isInstalled(root, 'everything') ? 'everything' : 'production'
  try {
    fs.writeFileSync(stampFile(root), `${JSON.stringify({ lock: lockHash(root), platform: PLATFORM, mode })}\n`)
  } catch (error) {
    // A folder that we may read but not write is complete all the same; the next start just looks again.
    if (!['EACCES', 'EROFS', 'EPERM'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) throw error
  }
}

/**
 * Compares what npm noted in node_modules with what the lock file asks for on this machine.
 * @param {string} root
 * @param {Mode} mode
 */
function isInstalled(root, mode) {
  return missingPackages(root, mode).length === 0 && pinnedNodeMajor(root) === NODE_MAJOR
}

/**
 * @param {string} root
 * @param {Mode} mode
 */
function missingPackages(root, mode) {
  /** @type {Record<string, LockedPackage>} */
  const wanted = readJson(path.join(root, 'package-lock.json'))?.packages ?? {}
  /** @type {Record<string, LockedPackage>} */
  const present = readJson(path.join(root, 'node_modules', '.package-lock.json'))?.packages ?? {}
  return Object.entries(wanted)
    .filter(([place, entry]) => place.includes('node_modules/') && isNeeded(entry, mode))
    .filter(([place, entry]) => present[place]?.version !== entry.version || !fs.existsSync(path.join(root, place)))
    .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length))
}

/**
 * @param {LockedPackage} entry
 * @param {Mode} mode
 */
function isNeeded(entry, mode) {
  if (mode === 'production' && (entry.dev || entry.devOptional)) return false
  if (!entry.optional) return true
  // npm alone decides which libc variant fits, and leaves out optional packages that bring no platform at all.
  return !entry.libc && includes(entry.os, process.platform) && includes(entry.cpu, process.arch)
}

/**
 * @param {string | string[] | undefined} allowed
 * @param {string} value
 */
const includes = (allowed, value) => allowed !== undefined && [allowed].flat().includes(value)

/** @param {string} root */
function pinnedNodeMajor(root) {
  const node = path.join(root, 'node_modules', '.bin', 'node')
  const answer = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return Number.parseInt(answer.stdout?.slice(1) ?? '', 10)
}

/**
 * @param {string} root
 * @param {Mode} mode
 */
async function install(root, mode) {
  const npm = findNpm()
  const asked = fs.existsSync(stampFile(root)) && readJson(stampFile(root))?.mode === 'everything' ? 'everything' : mode
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--engine-strict=false', '--loglevel=error', '--include=optional']
  flags.push(asked === 'production' ? '--omit=dev' : '--include=dev')
  console.error('Installing what Frontdesk needs. This takes a minute or two and happens only when something changed.')

  // `npm ci` empties node_modules first, from under a server that may be running from this very clone; where there is something to add to,
  // `npm install --no-save` adds to it and follows the same lock file.
  const incremental = fs.existsSync(path.join(root, 'node_modules', '.package-lock.json'))
  const before = lockHash(root)
  if (incremental) {
    await run(npm, ['install', '--no-save', ...flags], root).catch(() => undefined)
    if (lockHash(root) !== before)
      throw new Error(
        'npm changed package-lock.json while installing. Restore that file (git checkout package-lock.json) and run the command again.',
      )
    if (isInstalled(root, asked)) return
  }
  await run(npm, ['ci', ...flags], root)
  const missing = missingPackages(root, asked)
  if (missing.length > 0)
    throw new Error(
      `npm said it had finished, but these packages are still missing: ${missing.slice(0, 8).join(', ')}. Delete node_modules and run the command again.`,
    )
  if (pinnedNodeMajor(root) !== NODE_MAJOR)
    throw new Error(
      `The Node ${NODE_MAJOR} that npm installed does not run here (node_modules/.bin/node). Delete node_modules and run the command again.`,
    )
}

/** The npm that is running us, on the Node that it runs on; otherwise the first on the PATH. */
function findNpm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env
  const npm =
    script && /npm-cli\.c?js$/.test(script)
      ? { command: node && fs.existsSync(node) ? node : process.execPath, args: [script] }
      : { command: 'npm', args: [] }
  const answer = spawnSync(npm.command, [...npm.args, '--version'], { encoding: 'utf8' })
  const version = answer.stdout?.trim() ?? ''
  if (answer.status !== 0)
    throw new Error('npm was not found, and Frontdesk needs it to install its parts. It comes with Node: https://nodejs.org')
  if (Number.parseInt(version, 10) < OLDEST_NPM)
    throw new Error(`Frontdesk needs npm ${OLDEST_NPM} or newer; this is ${version}. Update it with: npm install -g npm@11`)
  return npm
}

/**
 * @param {{ command: string, args: string[] }} npm
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<void>}
 */
function run(npm, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(npm.command, [...npm.args, ...args], { cwd, stdio: ['ignore', 'inherit', 'pipe'] })
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal)
    process.on('SIGINT', forward).on('SIGTERM', forward).on('SIGHUP', forward)
    let said = ''
    child.stderr.on('data', (chunk) => {
      said = (said + chunk).slice(-20_000)
      process.stderr.write(chunk)
    })
    child.once('error', (error) => reject(new Error(`npm did not start: ${error.message}`)))
    child.once('close', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward).off('SIGHUP', forward)
      if (code === 0) resolve()
      else if (signal || code === 130) reject(new Error('The installation was interrupted. Run the command again to go on.'))
      else reject(new Error(explain(said)))
    })
  })
}

/** @param {string} said What npm printed on its way out. */
function explain(said) {
  const causes = /** @type {const} */ ([
    [/ENOSPC/, 'The disk is full. Frontdesk needs about 600 MB for its parts: free some space and run the command again.'],
    [
      /EACCES|EPERM|EROFS/,
      'npm may not write to this folder. Give the folder to your account, or run the command as the account that owns it.',
    ],
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR/i,
      'npm could not reach its registry. Frontdesk needs the network for this one step: check the connection (or the proxy in your npm configuration) and run the command again.',
    ],
    [
      /EUSAGE/,
      'package.json and package-lock.json do not match. If you changed dependencies, run npm install once; otherwise restore both files with git.',
    ],
    [
      /EINTEGRITY/,
      'A downloaded package was not the one that package-lock.json names. Run npm cache verify and then the command again; if it stays, tell us.',
    ],
    [/E40[134]/, 'The npm registry refused or does not have a package. If your npm is set to a company registry, ask for access there.'],
  ])
  return causes.find(([sign]) => sign.test(said))?.[1] ?? 'npm could not install what Frontdesk needs; its own words are above.'
}

/**
 * One installation at a time. The lock lies beside node_modules, because npm empties that folder.
 * @param {string} root
 * @returns {Promise<() => void>} Gives the turn back.
 */
async function takeTurn(root) {
  const lock = path.join(root, '.frontdesk-install.lock')
  for (let told = false; ; await pause(250)) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return () => fs.rmSync(lock, { force: true })
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error)
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
        if (isInstalled(root, 'production')) return () => {}
        throw new Error(
          `Frontdesk has to install its parts into ${root}, but may not write there. Give the folder to your account, or run npm ci as the account that owns it.`,
        )
      }
      if (code !== 'EEXIST') throw error
    }
    const holder = Number(readText(lock))
    const age = Date.now() - (fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    const abandoned = holder ? !isAlive(holder) || age > LONGEST_INSTALL_MS : age > 10_000
    if (abandoned) {
      fs.rmSync(lock, { force: true })
    } else if (!told) {
      told = true
      console.error(`Another Frontdesk command (process ${holder}) is installing in this folder. Waiting for it.`)
    }
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** @param {string} file */
function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
