import { spawn } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { sourceFiles } from './check/source-files.ts'

/** One tool's verdict. */
type Verdict = { readonly name: string; readonly failed: boolean; readonly says: string; readonly seconds: string }

const root = path.resolve(import.meta.dirname, '..')

function run(command: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0' } })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }))
  })
}

const tool = (name: string) => path.join(root, 'node_modules', '.bin', name)
const expected = sourceFiles(root).map((file) => file.path)

/** TypeScript 7 is silent about files it was not told of: a folder outside tsconfig.json would go unchecked. */
async function types(): Promise<{ failed: boolean; says: string }> {
  const { code, output } = await run(tool('tsc'), ['--noEmit', '-p', '.', '--listFiles', '--pretty', 'false'])
  const lines = output.trimEnd().split('\n')
  const seen = new Set(lines.filter((line) => path.isAbsolute(line)).map((line) => path.relative(root, line).split(path.sep).join('/')))
  const forgotten = expected.filter((file) => !seen.has(file))
  const errors = lines.filter((line) => !path.isAbsolute(line))
  const missed =
    forgotten.length > 0
      ? [`tsconfig.json leaves out ${forgotten.length} files, so they were not checked: ${forgotten.slice(0, 5).join(', ')}`]
      : []
  return {
    failed: code !== 0 || missed.length > 0,
    says: [...errors, ...missed, `Checked ${expected.length - forgotten.length} of our files.`].join('\n'),
  }
}

async function style(): Promise<{ failed: boolean; says: string }> {
  const { code, output } = await run(tool('biome'), [
    'check',
    '--error-on-warnings',
    '--max-diagnostics=50',
    '--diagnostic-level=warn',
    '.',
  ])
  const checked = Number(/Checked (\d+) files?/.exec(output)?.[1] ?? 0)
  const missed =
    checked < expected.length ? [`Biome looked at ${checked} files, but there are ${expected.length}: see "files" in biome.json.`] : []
  return { failed: code !== 0 || missed.length > 0, says: [output.trim(), ...missed].join('\n') }
}

async function boundaries(): Promise<{ failed: boolean; says: string }> {
  const { code, output } = await run(process.execPath, [path.join(root, 'scripts/check/boundaries.ts')])
  return { failed: code !== 0, says: output.trim() }
}

async function timed(name: string, work: () => Promise<{ failed: boolean; says: string }>): Promise<Verdict> {
  const start = performance.now()
  const verdict = await work()
  return { name, ...verdict, seconds: ((performance.now() - start) / 1000).toFixed(1) }
}

const verdicts = await Promise.all([timed('types', types), timed('style', style), timed('boundaries', boundaries)])
for (const { name, failed, says, seconds } of verdicts)
  console.log(`${failed ? '✗' : '✓'} ${name} (${seconds} s)\n${says.replace(/^/gm, '  ')}\n`)
process.exitCode = verdicts.some((verdict) => verdict.failed) ? 1 : 0
