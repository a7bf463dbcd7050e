import { AsyncLocalStorage } from 'node:async_hooks'

/** What every log line written in the course of one request or job carries. */
export type LogContext = { readonly requestId?: string; readonly workspaceId?: string; readonly job?: string }

const storage = new AsyncLocalStorage<LogContext>()

/** Runs `work` with these ids on each of its log lines. */
export const withLogContext = <T>(context: LogContext, work: () => T): T => storage.run({ ...storage.getStore(), ...context }, work)

/** The ids of the request or job that is running. */
export const logContext = (): LogContext => storage.getStore() ?? {}
