import { type ESTree, Visitor } from 'vite'
import { type Exception, exceptions } from './exceptions.ts'
import type { Violation } from './import-rules.ts'
import { lineAt, type SourceFile } from './source-files.ts'

/** Names under which this file knows the type `Permit`: its own, an alias, an import under another name, a namespace. */
function permitNames(file: SourceFile): Set<string> {
  const names = new Set(['Permit'])
  for (const { names: imported } of file.imports) for (const [here, there] of imported) if (there === 'Permit') names.add(here)
  new Visitor({
    TSTypeAliasDeclaration(node) {
      if (mentions(node.typeAnnotation, names)) names.add(node.id.name)
    },
  }).visit(file.program)
  return names
}

/** Whether a type names one of `names` anywhere, such as in `Promise<Permit[]>` or `import('…').Permit`. */
function mentions(type: unknown, names: ReadonlySet<string>): boolean {
  if (typeof type !== 'object' || type === null) return false
  if ('type' in type && type.type === 'Identifier' && 'name' in type) return names.has(String(type.name))
  return Object.values(type).some((part) => (Array.isArray(part) ? part.some((each) => mentions(each, names)) : mentions(part, names)))
}

const isNamed = (node: ESTree.Node, name: string) => node.type === 'Identifier' && node.name === name

/** Judges what a file says, apart from its imports. */
function judgeFile(file: SourceFile): Violation[] {
  const found: Violation[] = []
  const report = (rule: string, position: number, says: string) =>
    found.push({ rule, file: file.path, line: lineAt(file.text, position), says })
  const { part } = file.place
  const isServer = file.path.startsWith('apps/server/src/')
  const takesTime = part === 'module' || part === 'package'
  const permits = permitNames(file)
  const cast = (node: ESTree.TSAsExpression | ESTree.TSTypeAssertion) => {
    if (mentions(node.typeAnnotation, permits))
      report('as Permit', node.start, 'A permit is not claimed but granted: ask modules/privacy with requestPermit.')
  }
  const clock = (position: number, what: string) =>
    report(
      'time is a parameter',
      position,
      `${what} reads the machine's clock. Take the time as a parameter (tx.now, or now: Temporal.Instant).`,
    )

  new Visitor({
    TSAsExpression: cast,
    TSTypeAssertion: cast,
    MemberExpression(node) {
      const property = node.property.type === 'Identifier' ? node.property.name : ''
      if (isServer && isNamed(node.object, 'console'))
        report('no raw console', node.start, 'Write through platform/log, which redacts and adds the request id.')
      if (takesTime && isNamed(node.object, 'Date') && property === 'now') clock(node.start, 'Date.now')
      if (takesTime && isNamed(node.object, 'Temporal') && property === 'Now') clock(node.start, 'Temporal.Now')
    },
    NewExpression(node) {
      if (takesTime && isNamed(node.callee, 'Date') && node.arguments.length === 0) clock(node.start, 'new Date()')
    },
  }).visit(file.program)
  if ((isServer || part === 'package') && !file.place.isTest) found.push(...undocumented(file))
  return found
}

/** Exported functions without a TSDoc line right before them. */
function undocumented(file: SourceFile): Violation[] {
  const documented = new Set(
    file.comments
      .filter((comment) => comment.value.startsWith('*'))
      .map((comment) => file.text.slice(comment.end).search(/\S/) + comment.end),
  )
  const seen = new Set<string>()
  return file.program.body.flatMap((node): Violation[] => {
    if (node.type !== 'ExportNamedDeclaration' || !node.declaration) return []
    const names = functionNames(node.declaration).filter((name) => !seen.has(name))
    for (const name of names) seen.add(name) // the overloads of one function share the first one's words
    if (names.length === 0 || documented.has(node.start)) return []
    return [
      {
        rule: 'exported functions are described',
        file: file.path,
        line: lineAt(file.text, node.start),
        says: `${names.join(', ')} has no /** line that says what it does.`,
      },
    ]
  })
}

function functionNames(declaration: ESTree.Declaration): string[] {
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'TSDeclareFunction')
    return declaration.id ? [declaration.id.name] : []
  if (declaration.type !== 'VariableDeclaration') return []
  return declaration.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression') ? [id.name] : [],
  )
}

/** Judges the text of every file. An exception that is not needed any more is a violation too, so that the list stays true. */
export function judgeCode(files: readonly SourceFile[], allowed: readonly Exception[] = exceptions): Violation[] {
  const used = new Set<Exception>()
  const found = files.flatMap(judgeFile).filter((violation) => {
    const exception = allowed.find(
      ({ rule, file }) => rule === violation.rule && (file.endsWith('/') ? violation.file.startsWith(file) : violation.file === file),
    )
    if (exception) used.add(exception)
    return !exception
  })
  const idle = allowed.filter((exception) => !used.has(exception) && !exception.standing)
  return [
    ...found,
    ...idle.map(({ rule, file }) => ({
      rule,
      file,
      line: 1,
      says: 'scripts/check/exceptions.ts excuses this file, but nothing needs excusing.',
    })),
  ]
}
