import type { Violation } from './import-rules.ts'
import { nameOf } from './places.ts'
import type { SourceFile } from './source-files.ts'

/** Groups of files that reach one another (Tarjan 1972), without the files that stand alone. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []

  function visit(node: string): void {
    const own = index.size
    index.set(node, own)
    low.set(node, own)
    stack.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next)
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? own, low.get(next) ?? own))
    }
    if (low.get(node) !== own) return
    const circle = stack.splice(stack.indexOf(node))
    if (circle.length > 1 || graph.get(node)?.includes(node)) found.push(circle)
  }
  for (const node of graph.keys()) if (!index.has(node)) visit(node)
  return found
}

/** Cycles between files: of any import across rooms, of imports that exist at run time within one. */
export function findCycles(files: readonly SourceFile[]): Violation[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const graph = (withTypes: boolean) =>
    new Map(
      files.map((file) => [
        file.path,
        file.imports.flatMap(({ target, typeOnly }) =>
          target !== undefined && byPath.has(target) && (withTypes || !typeOnly) ? [target] : [],
        ),
      ]),
    )
  const roomsOf = (circle: readonly string[]) => new Set(circle.map((file) => nameOf(byPath.get(file)?.place ?? missing(file))))
  const found = [...circles(graph(false)), ...circles(graph(true)).filter((circle) => roomsOf(circle).size > 1)]
  const distinct = new Map(found.map((circle) => [circle.toSorted().join(' '), circle]))
  return [...distinct.values()].map((circle) => ({
    rule: 'no cycles',
    file: circle[0] ?? '',
    line: 1,
    says: `These files import one another, so none can be understood alone: ${circle.join(' → ')}.`,
  }))
}

function missing(file: string): never {
  throw new Error(`${file} is in the graph of imports, but was not read.`)
}
