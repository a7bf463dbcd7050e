import { type Logger, pino } from 'pino'
import { logContext } from './context.ts'
import { type LogFields, type LogLine, logLines } from './log-lines.ts'

export { type LogContext, logContext, withLogContext } from './context.ts'
export { type LogLine, logLines } from './log-lines.ts'

export type Log = {
  info<Line extends LogLine>(line: Line, fields: LogFields<Line>): void
  warn<Line extends LogLine>(line: Line, fields: LogFields<Line>): void
  error<Line extends LogLine>(line: Line, fields: LogFields<Line>): void
}

export type LogSettings = {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  readonly role: string
  /** Where lines go, one JSON object a line; standard output unless given. */
  readonly write?: (line: string) => void
  /** Throw on a field that is not declared, instead of dropping it; on in tests. */
  readonly strict?: boolean
}

/** Structured lines with the request's ids. Undeclared fields never reach the output. */
export function openLog(settings: LogSettings): Log {
  const destination = settings.write ? { write: settings.write } : undefined
  const options = {
    level: settings.level,
    base: { role: settings.role },
    messageKey: 'line',
    timestamp: () => `,"at":"${Temporal.Now.instant().toString()}"`,
  }
  const logger: Logger = destination ? pino(options, destination) : pino(options)

  const declaredOnly = (line: LogLine, fields: Record<string, unknown>): Record<string, unknown> => {
    const declared: Record<string, unknown> = logLines[line]
    const unknown = Object.keys(fields).filter((field) => !(field in declared))
    if (unknown.length > 0 && settings.strict)
      throw new Error(`Log line ${line} has undeclared fields: ${unknown.join(', ')}. Declare them in log-lines.ts.`)
    return Object.fromEntries(Object.entries(fields).filter(([field]) => field in declared))
  }
  const write =
    (level: 'info' | 'warn' | 'error') =>
    <Line extends LogLine>(line: Line, fields: LogFields<Line>) =>
      logger[level]({ ...logContext(), ...declaredOnly(line, fields) }, line)

  return { info: write('info'), warn: write('warn'), error: write('error') }
}

/** What of an unexpected error may be written: its name, codes and stack frames. Never its message or detail, which quote people's data. */
export function errorFields(error: unknown): {
  name: string
  code: string | undefined
  constraint: string | undefined
  stack: string | undefined
} {
  if (!(error instanceof Error)) return { name: typeof error, code: undefined, constraint: undefined, stack: undefined }
  const code = 'code' in error ? String(error.code) : undefined
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined
  const frames = error.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12)
    .map((line) => line.trim())
  return { name: error.name, code, constraint, stack: frames?.join(' | ') }
}
