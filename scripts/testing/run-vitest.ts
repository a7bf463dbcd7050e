import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const cloneRoot = path.resolve(import.meta.dirname, '../..')
const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numFailedTestSuites: z.number(),
})

/** Runs vitest and closes with one plain line, "N passed, N failed". Answers the exit code. */
export async function runVitest(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  const report = path.join(cloneRoot, 'test-results', `vitest-${process.pid}.json`)
  mkdirSync(path.dirname(report), { recursive: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await run(process.execPath, [path.join(cloneRoot, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args], env)
  const counts = readReport(report)
  rmSync(report, { force: true })
  if (!counts) {
    console.log(`\nThe tests did not run to their end (exit code ${code}).`)
    return code || 1
  }
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numFailedTestSuites: files } = counts
  if (code !== 0 && failed === 0)
    console.log(`\nNo single test failed, but ${files > 0 ? `${files} files could not be run` : 'the run itself did'}; see above.`)
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  return code
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { cwd: cloneRoot, env: { ...process.env, ...env }, stdio: 'inherit' })
    // Vitest hears Ctrl-C itself and needs a moment to stop its servers. We end when it has.
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => name === 'SIGINT' || child.kill(name))
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

function readReport(file: string): z.infer<typeof reportSchema> | undefined {
  try {
    return reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined // a run that broke off writes none, or half of one
  }
}
