/** `npm run bench -- <name> [--json]`: one benchmark, bench/<name>.ts; without a name all of them. Other arguments go to the benchmark. */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import path from 'node:path'
import { stopWith } from './testing/stop-with.ts'

await stopWith(async () => {
  const folder = path.join(import.meta.dirname, '../bench')
  const known = globSync('*.ts', { cwd: folder }).map((name) => name.replace('.ts', ''))
  const [first = '', ...rest] = process.argv.slice(2)
  const named = first !== '' && !first.startsWith('-')
  if (named && !known.includes(first)) throw new Error(`There is no benchmark named ${first}. Known: ${known.sort().join(', ') || 'none'}.`)
  const codes = (named ? [first] : known.sort()).map((name) => run(path.join(folder, `${name}.ts`), named ? rest : process.argv.slice(2)))
  return codes.find((code) => code !== 0) ?? 0
})

function run(file: string, args: readonly string[]): number {
  return spawnSync(process.execPath, [file, ...args], { stdio: 'inherit' }).status ?? 1
}
