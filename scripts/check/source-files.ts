import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type ESTree, parseSync, Visitor } from 'vite'
import { type Place, placeOf } from './places.ts'

/** One import, whichever way it is written: `import`, `export … from`, `import()`, `typeof import()`. */
export type Import = {
  readonly specifier: string
  readonly line: number
  /** Gone when types are stripped. */
  readonly typeOnly: boolean
  /** The file it leads to, from the root with `/`; undefined for packages that are not ours. */
  readonly target: string | undefined
  /** Imported names by what they are called here. */
  readonly names: ReadonlyMap<string, string>
}

/** A parsed file of ours. */
export type SourceFile = {
  /** From the root, with `/`. */
  readonly path: string
  readonly place: Place
  readonly text: string
  readonly program: ESTree.Program
  readonly comments: readonly { readonly value: string; readonly start: number; readonly end: number }[]
  readonly imports: readonly Import[]
}

const skippedFolders = new Set(['node_modules', 'dist', 'fixtures', 'coverage', 'test-results'])
const roots = ['apps', 'packages', 'scripts', 'tests', 'bench']

function* walk(root: string, folder: string): Generator<string> {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const found = `${folder}/${entry.name}`
    if (entry.isDirectory() && !skippedFolders.has(entry.name) && !entry.name.startsWith('.')) yield* walk(root, found)
    else if (entry.isFile() && /\.(ts|tsx|mts)$/.test(entry.name) && !entry.name.endsWith('.d.ts')) yield found
  }
}

/** The line of a position in a text, from 1. */
export const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length

/** Our own packages by name, with what each door (`.`, `./client`) leads to. */
function ownPackages(root: string): Map<string, string> {
  const doors = new Map<string, string>()
  const folder = path.join(root, 'packages')
  if (!existsSync(folder)) return doors
  for (const name of readdirSync(folder)) {
    const manifest = path.join(folder, name, 'package.json')
    if (!existsSync(manifest)) continue
    const { name: packageName, exports = {} }: { name: string; exports?: Record<string, string> } = JSON.parse(
      readFileSync(manifest, 'utf8'),
    )
    for (const [door, target] of Object.entries(exports)) {
      doors.set(path.posix.join(packageName, door), path.posix.join('packages', name, target))
    }
  }
  return doors
}

function importsOf(file: string, text: string, program: ESTree.Program, doors: ReadonlyMap<string, string>): Import[] {
  const found: Import[] = []
  const add = (specifier: unknown, position: number, typeOnly: boolean, names: Map<string, string> = new Map()) => {
    if (typeof specifier !== 'string') return
    const target = specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''))
      : doors.get(specifier)
    found.push({ specifier, line: lineAt(text, position), typeOnly, target, names })
  }
  new Visitor({
    ImportDeclaration(node) {
      const names = new Map<string, string>()
      let typeOnly = node.importKind === 'type' || node.specifiers.length > 0
      for (const each of node.specifiers) {
        const isNamed = each.type === 'ImportSpecifier'
        if (isNamed) names.set(each.local.name, each.imported.type === 'Identifier' ? each.imported.name : each.imported.value)
        else names.set(each.local.name, each.type === 'ImportNamespaceSpecifier' ? '*' : 'default')
        if (node.importKind !== 'type' && !(isNamed && each.importKind === 'type')) typeOnly = false
      }
      add(node.source.value, node.start, typeOnly, names)
    },
    ExportNamedDeclaration(node) {
      if (!node.source) return
      const typeOnly =
        node.exportKind === 'type' || (node.specifiers.length > 0 && node.specifiers.every((each) => each.exportKind === 'type'))
      add(node.source.value, node.start, typeOnly)
    },
    ExportAllDeclaration: (node) => add(node.source.value, node.start, node.exportKind === 'type'),
    ImportExpression: (node) => add(node.source.type === 'Literal' && node.source.value, node.start, false),
    TSImportType: (node) => add(node.source.value, node.start, true),
  }).visit(program)
  return found
}

/** Reads and parses every TypeScript file of the house. Throws when one cannot be parsed: what cannot be read cannot be judged. */
export function sourceFiles(root: string): SourceFile[] {
  const doors = ownPackages(root)
  const paths = roots.filter((folder) => existsSync(path.join(root, folder))).flatMap((folder) => [...walk(root, folder)])
  return paths.map((file) => {
    const text = readFileSync(path.join(root, file), 'utf8')
    const { program, comments, errors } = parseSync(file, text)
    if (errors[0]) throw new Error(`${file} cannot be parsed: ${errors[0].message}`)
    return { path: file, place: placeOf(file), text, program, comments, imports: importsOf(file, text, program, doors) }
  })
}
