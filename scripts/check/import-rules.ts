import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { nameOf, type Place, placeOf, roomOrder } from './places.ts'
import type { Import, SourceFile } from './source-files.ts'

/** One thing that is against the rules of the house. */
export type Violation = { readonly rule: string; readonly file: string; readonly line: number; readonly says: string }

type Judge = (from: SourceFile, what: Import, to: Place | undefined) => string | undefined

const smtpPackages = new Set(['nodemailer', 'smtp-server', 'imapflow'])
const permitConstructor = /^packages\/contact-rules\/src\/permit-constructor\.ts$/
/** What of the contract runs in browsers: it imports no schema library. */
const forBrowsers: ReadonlySet<string> = new Set(['src/client.ts', 'src/sensitive-numbers.ts', 'src/ties.ts'])
const engineForbidden =
  /^(pg|pg-.*|kysely|fastify|@fastify\/.*|nodemailer|react|node:(https?|http2|net|tls|dgram|fs|fs\/.*|child_process|cluster|worker_threads))$/
/** The thin shells in which signalling meets the network; what decides is beside them and stays pure. */
const socketFolder = /^sip\/src\/sockets\//
const order: readonly string[] = roomOrder
const rankOf = (room: string) => order.indexOf(room)

/** The package a bare specifier belongs to: `@a/b/c` → `@a/b`. */
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
const isBuiltin = (specifier: string) => specifier.startsWith('node:') || builtinModules.includes(specifier)

/** A test that uses what another room offers to tests. */
const isStage = (from: Place, to: Place) => from.isTest && to.isTest

const rules: Readonly<Record<string, Judge>> = {
  'order of rooms': ({ place }, _what, to) => {
    if (place.part !== 'module' || to?.part !== 'module' || to.room === place.room || place.isTest) return undefined
    if (rankOf(to.room) < rankOf(place.room)) return undefined
    return `${place.room} stands to the left of ${to.room} and must not import it. Declare a port in ${place.room}, or emit an event.`
  },
  'door of a room': ({ place }, _what, to) => {
    if (to?.part !== 'module' || (to.room === place.room && place.part === 'module') || to.inside === 'index.ts') return undefined
    if (place.part === 'tooling' || isStage(place, to)) return undefined
    return `${nameOf(to)} is entered through its index.ts only.`
  },
  'door of the platform': ({ place }, _what, to) => {
    if (to?.part !== 'platform' || (place.part !== 'module' && place.part !== 'connector')) return undefined
    if (to.inside === 'index.ts' || to.inside === 'tables.ts' || isStage(place, to)) return undefined
    return `platform/${to.room} is entered through its index.ts only.`
  },
  'platform knows no room': ({ place }, _what, to) => {
    if (place.part !== 'platform' || !to || to.part === 'platform' || to.part === 'package') return undefined
    if (place.isTest && (to.part === 'server' || to.part === 'tooling' || to.isTest)) return undefined // tests need the whole schema, and somebody in it
    return `The platform must not import ${nameOf(to)}: every room stands on it.`
  },
  'tests stay tests': ({ place }, { specifier, typeOnly }, to) =>
    to?.isTest && !place.isTest && !typeOnly && place.part !== 'tooling'
      ? `${specifier} sets the stage for tests and has no business in what runs.`
      : undefined,
  'rooms know no connector': ({ place }, _what, to) => {
    if (place.part !== 'module' || !to || !['connector', 'server', 'web', 'widget', 'tooling'].includes(to.part)) return undefined
    return to.part === 'tooling' && place.isTest ? undefined : `A room must not import ${nameOf(to)}. Declare a port; main fills it.`
  },
  'connectors stand alone': ({ place }, _what, to) => {
    if (place.part !== 'connector' || !to || ['platform', 'module', 'package'].includes(to.part)) return undefined
    return to.part === 'connector' && to.room === place.room ? undefined : `A connector must not import ${nameOf(to)}.`
  },
  'web imports contract and i18n': ({ place }, { specifier }, to) => {
    if ((place.part !== 'web' && place.part !== 'widget') || !to || to.part === place.part) return undefined
    if (place.isTest && to.part === 'tooling') return undefined
    if (to.part === 'package' && (to.room === 'contract' || to.room === 'i18n')) return undefined
    return `${specifier}: screens import only packages/contract and packages/i18n; everything else comes through the API.`
  },
  'no schema library in the browser': ({ place }, { typeOnly, specifier }, to) => {
    if ((place.part !== 'web' && place.part !== 'widget') || place.isTest || typeOnly) return undefined
    if (specifier === 'zod' || (to?.part === 'package' && to.room === 'contract' && !forBrowsers.has(to.inside))) {
      return `${specifier}: write "import type"; only @frontdesk/contract/client, /sensitive-numbers and /ties carry code for the browser.`
    }
    return undefined
  },
  'engines stay pure': ({ place }, { specifier, typeOnly }, to) => {
    if (place.part !== 'package' || place.isTest) return undefined
    if (to && to.part !== 'package') return `A package must not import ${nameOf(to)}.`
    if (socketFolder.test(`${place.room}/${place.inside}`)) return undefined
    return !typeOnly && engineForbidden.test(specifier) ? `${specifier}: an engine knows no database, no network and no disk.` : undefined
  },
  'packages by name': ({ place }, { specifier }, to) => {
    if (to?.part !== 'package' || !specifier.startsWith('.') || (place.part === 'package' && place.room === to.room)) return undefined
    return place.part === 'tooling' ? undefined : `Write @frontdesk/${to.room} instead of ${specifier}.`
  },
  'raw mail': ({ place }, { specifier }) => {
    if (!smtpPackages.has(packageOf(specifier)) || place.isTest || place.part === 'tooling') return undefined
    return place.part === 'platform' && place.room === 'mail'
      ? undefined
      : `${specifier} belongs to platform/mail alone. Use mailMember or mailContact.`
  },
  'permit constructor': ({ place }, what) => {
    if (!what.specifier.includes('permit-constructor') && !permitConstructor.test(what.target ?? '')) return undefined
    if (place.part === 'module' && place.room === 'privacy') return undefined
    return place.part === 'package' && place.room === 'contact-rules' && place.isTest
      ? undefined
      : 'Only modules/privacy makes permits. Ask it with requestPermit.'
  },
}

/** Whether a bare specifier is declared where the file's package says what it needs. */
function undeclared(root: string) {
  const declared = new Map<string, ReadonlySet<string>>()
  const of = (folder: string) => {
    const known = declared.get(folder)
    if (known) return known
    const manifest: Record<string, Record<string, string> | undefined> = JSON.parse(
      readFileSync(path.join(root, folder, 'package.json'), 'utf8'),
    )
    const names = new Set(
      ['dependencies', 'optionalDependencies', 'devDependencies', 'peerDependencies'].flatMap((kind) => Object.keys(manifest[kind] ?? {})),
    )
    declared.set(folder, names)
    return names
  }
  return ({ path: file, place }: SourceFile, { specifier, typeOnly }: Import): string | undefined => {
    if (specifier.startsWith('.') || isBuiltin(specifier) || specifier.startsWith('virtual:') || place.part === 'tooling') return undefined
    const own = file.split('/').slice(0, 2).join('/')
    const name = packageOf(specifier)
    if (of(own).has(name)) return undefined
    const isTool = place.isTest || typeOnly || /\.config\.ts$/.test(file) || place.inside.startsWith('build/')
    if (isTool && of('.').has(name)) return undefined
    return `${name} is not among the dependencies in ${own}/package.json.`
  }
}

/** Judges every import of every file. */
export function judgeImports(root: string, files: readonly SourceFile[]): Violation[] {
  const places = new Map(files.map((file) => [file.path, file.place]))
  const isUndeclared = undeclared(root)
  const isMissing = (target: string) => /\.tsx?$/.test(target) && !places.has(target) && !/\.d\.ts$|\/fixtures\//.test(target)
  const found: Violation[] = []
  for (const file of files) {
    for (const what of file.imports) {
      const to = what.target === undefined ? undefined : (places.get(what.target) ?? placeOf(what.target))
      const report = (rule: string, says: string | undefined) => {
        if (says) found.push({ rule, file: file.path, line: what.line, says })
      }
      for (const [rule, judge] of Object.entries(rules)) report(rule, judge(file, what, to))
      report('declared dependencies', isUndeclared(file, what))
      if (what.target !== undefined && isMissing(what.target)) {
        report('imports lead somewhere', `${what.specifier} leads to ${what.target}, which is not there.`)
      }
    }
  }
  return found
}
