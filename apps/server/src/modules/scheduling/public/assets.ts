import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The one sheet of the public pages, in its parts and their order. */
const sheet = ['booking.css', 'booking-page.css', 'booking-controls.css', 'booking-times.css', 'booking-consent.css']

/** The files every public page uses. The font is the one of the web app, Latin part; other scripts take the reader's own. */
const files = {
  'booking.css': { from: sheet.map((part) => new URL(`./assets/${part}`, import.meta.url)), type: 'text/css; charset=utf-8' },
  'booking.js': { from: [new URL('./assets/booking.js', import.meta.url)], type: 'text/javascript; charset=utf-8' },
  'booking-frame.js': { from: [new URL('./assets/booking-frame.js', import.meta.url)], type: 'text/javascript; charset=utf-8' },
  'booking-hold.js': { from: [new URL('./assets/booking-hold.js', import.meta.url)], type: 'text/javascript; charset=utf-8' },
  'inter.woff2': {
    from: [new URL(import.meta.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'))],
    type: 'font/woff2',
  },
} as const
export type AssetName = keyof typeof files

export type Asset = { readonly body: Buffer; readonly type: string; readonly version: string }

const read = new Map<AssetName, Asset>()

/** A file, read once. Its version is part of its address, so browsers keep it for a year. */
export function asset(name: AssetName): Asset {
  const known = read.get(name)
  if (known) return known
  const body = Buffer.concat(files[name].from.map((part) => readFileSync(fileURLToPath(part))))
  const made = {
    body: name === 'booking.css' ? withFont(body) : body,
    type: files[name].type,
    version: createHash('sha256').update(body).digest('base64url').slice(0, 8),
  }
  read.set(name, made)
  return made
}

export const assetNames = Object.keys(files) as AssetName[]

/** Where a page finds a file. */
export const assetPath = (name: AssetName): string => `/b-files/${asset(name).version}/${name}`

/** The stylesheet names the font by its address, version included. */
const withFont = (sheet: Buffer): Buffer =>
  Buffer.from(sheet.toString().replace('url("inter.woff2")', `url("${assetPath('inter.woff2')}")`))
