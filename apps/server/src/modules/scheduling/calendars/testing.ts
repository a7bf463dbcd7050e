/** A server on this computer that gives a calendar file, as a provider gives it to whoever knows its address. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import { calendarReach, calendarSurroundings } from './calendar-reach.ts'

export type CalendarHost = {
  readonly base: string
  /** What was asked, oldest first. */
  readonly asked: readonly IncomingMessage[]
  /** Answers with a calendar of these events from now on. */
  readonly give: (...events: readonly string[]) => void
  /** Answers in another way from now on. */
  readonly answer: (by: (request: IncomingMessage, response: ServerResponse) => void) => void
}

/** One event of a calendar, by its lines. */
export const eventLines = (uid: string, ...lines: readonly string[]): string =>
  ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20261201T000000Z', ...lines, 'END:VEVENT'].join('\r\n')

/** A calendar file of some events. */
export const calendarOf = (events: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Elsewhere//EN', ...events, 'END:VCALENDAR', ''].join('\r\n')

/** Starts it, and lets calendars on this computer be read. */
export async function calendarHost(): Promise<CalendarHost> {
  const asked: IncomingMessage[] = []
  let by: Parameters<CalendarHost['answer']>[0] = (_request, response) => void response.writeHead(404).end()
  const server = createServer((request, response) => {
    asked.push(request)
    by(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  afterAll(() => new Promise((done) => server.close(done)))
  calendarSurroundings.provide(calendarReach(['127.0.0.0/8']))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    give: (...events) => {
      by = (_request, response) => void response.writeHead(200, { 'content-type': 'text/calendar' }).end(calendarOf(events))
    },
    answer: (next) => {
      by = next
    },
  }
}
