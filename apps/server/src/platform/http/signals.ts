import type { FastifyRequest } from 'fastify'

/** What a browser asks for by itself: not to be sold or shared (Global Privacy Control), not to be tracked (DNT). */
export type Signals = { readonly gpc: boolean; readonly dnt: boolean }

/**
 * Reads the signals of a request. Of several `Sec-GPC` headers one that is exactly `1` is enough, and any other value counts for nothing (Global Privacy Control, W3C, 3.2). Node joins
 * repeated headers into one text, so they are read as they came.
 */
export function signalsOf({ raw: { rawHeaders } }: Pick<FastifyRequest, 'raw'>): Signals {
  const says = (name: string) => rawHeaders.some((text, at) => at % 2 === 0 && text.toLowerCase() === name && rawHeaders[at + 1] === '1')
  return { gpc: says('sec-gpc'), dnt: says('dnt') }
}

/** The country that a named proxy in front of us saw; undefined where nobody says it. Nothing finer than a country is ever read: no region, city or coordinates. */
export function countryOf(request: FastifyRequest): string | undefined {
  const isProxied = (request.ips?.length ?? 0) > 1
  const said = request.headers['cf-ipcountry'] ?? request.headers['x-country-code']
  return isProxied && typeof said === 'string' && /^[A-Z]{2}$/.test(said) && said !== 'XX' ? said : undefined
}
