import { parameter } from '../messages/grammar.ts'
import type { Headers } from '../messages/headers.ts'

/** What a session timer was agreed to, RFC 4028: who refreshes, and after how long without refresh the session is over. */
export type SessionTimer = { readonly seconds: number; readonly weRefresh: boolean }

/** RFC 4028 §4: ours at least and usually, in seconds. */
export const leastSeconds = 90
export const usualSeconds = 1800

const secondsOf = (value: Headers['sessionExpires']): number | undefined => (value ? Number(value.value) : undefined)
const interval = (seconds: number, refresher?: 'uac' | 'uas') => ({
  value: String(seconds),
  parameters: refresher ? [{ name: 'refresher', value: refresher }] : [],
})

/** §7.1: what an INVITE or UPDATE asks for. In a refresh the roles stay as they are, §7.2. */
export function askForTimer(seconds: number, least: number, refresher?: 'uac' | 'uas'): Headers {
  return { supported: ['timer'], sessionExpires: interval(Math.max(seconds, least), refresher), minSe: interval(least) }
}

/** §7.2: what a 2xx to our request agreed to; undefined when there is no timer. */
export function timerOfClient({ sessionExpires }: Headers): SessionTimer | undefined {
  const seconds = secondsOf(sessionExpires)
  if (!sessionExpires || seconds === undefined) return undefined
  return { seconds, weRefresh: parameter(sessionExpires.parameters, 'refresher') !== 'uas' }
}

/** §7.3: a 422 names the least; undefined when it says nothing that we did not know. */
export function leastAfter422({ minSe }: Headers, before: number): number | undefined {
  const seconds = secondsOf(minSe)
  return seconds !== undefined && seconds > before && seconds <= 86_400 ? seconds : undefined
}

/** §9: how a request that asks for a timer is answered: 422, or the timer with the headers of the 2xx. */
export function answerTimer(
  { sessionExpires, minSe, supported }: Headers,
  wanted: number,
): { readonly ok: false; readonly headers: Headers } | { readonly ok: true; readonly headers: Headers; readonly timer?: SessionTimer } {
  const asked = secondsOf(sessionExpires)
  const knows = supported?.some((option) => option.toLowerCase() === 'timer') ?? false
  if (asked !== undefined && asked < leastSeconds) {
    // §9: 422 only to who knows what it means; for the others a proxy asked, and the least is raised.
    if (knows) return { ok: false, headers: { minSe: interval(leastSeconds) } }
  }
  const least = Math.max(leastSeconds, secondsOf(minSe) ?? 0)
  const seconds = Math.max(least, Math.min(asked ?? wanted, Math.max(wanted, least)))
  if (!knows) return { ok: true, headers: { sessionExpires: interval(seconds, 'uas') }, timer: { seconds, weRefresh: true } }
  const named = sessionExpires && parameter(sessionExpires.parameters, 'refresher')
  const refresher = named === 'uas' ? 'uas' : 'uac'
  return {
    ok: true,
    headers: { require: ['timer'], sessionExpires: interval(seconds, refresher) },
    timer: { seconds, weRefresh: refresher === 'uas' },
  }
}

/** §10: when to refresh, and when the session is over, in milliseconds after the last refresh. */
export function timesOf({ seconds, weRefresh }: SessionTimer): { readonly refresh?: number; readonly over: number } {
  if (weRefresh) return { refresh: seconds * 500, over: seconds * 1000 }
  return { over: (seconds - Math.min(32, Math.floor(seconds / 3))) * 1000 }
}
