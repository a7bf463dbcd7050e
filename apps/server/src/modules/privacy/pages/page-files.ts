import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'

const addressOf = (name: string, body: Buffer): string =>
  `/p-files/${createHash('sha256').update(body).digest('base64url').slice(0, 8)}/${name}`

/** The font of the booking pages, so that one business has one face. */
const font = readFileSync(fileURLToPath(import.meta.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')))

/** Where a page finds the font. */
export const fontPath = addressOf('inter.woff2', font)

/** The one sheet of these pages, in its parts and their order. */
const sheet = Buffer.from(
  ['page.css', 'page-forms.css', 'page-texts.css']
    .map((part) => readFileSync(new URL(`./${part}`, import.meta.url), 'utf8'))
    .join('\n')
    .replace('url("inter.woff2")', `url("${fontPath}")`),
)

/** Where a page finds its stylesheet. */
export const sheetPath = addressOf('page.css', sheet)

/** Serves what these pages load; addresses change with the files, so browsers keep them for a year. */
export function pageFiles(app: FastifyInstance): void {
  const serve = (address: string, type: string, body: Buffer) =>
    app.get(address, (_request, reply) =>
      reply.header('content-type', type).header('cache-control', 'public, max-age=31536000, immutable').send(body),
    )
  serve(sheetPath, 'text/css; charset=utf-8', sheet)
  serve(fontPath, 'font/woff2', font)
}
