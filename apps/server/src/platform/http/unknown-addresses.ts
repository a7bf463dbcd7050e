import type { FastifyInstance } from 'fastify'
import { answer } from './error-answers.ts'
import { sendShell, wantsScreen } from './web-app.ts'

/**
 * Answers what no route takes: 405 with `Allow` where the address takes other methods, 204 to OPTIONS, the app's shell for its screens (the app itself says when it
 * has none), otherwise 404.
 */
export function answerUnknown(app: FastifyInstance, hasWebApp: boolean): void {
  const known: { readonly pattern: RegExp; readonly methods: Set<string> }[] = []
  const byUrl = new Map<string, Set<string>>()

  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return // a fallback takes everything, which says nothing about an address
    const methods = byUrl.get(url) ?? new Set<string>()
    if (!byUrl.has(url)) {
      byUrl.set(url, methods)
      known.push({ pattern: patternOf(url), methods })
    }
    for (const each of [method].flat()) methods.add(each)
  })

  app.setNotFoundHandler((request, reply) => {
    const path = (request.url.split('?')[0] ?? '').replace(/(?<=.)\/$/, '')
    const allowed = new Set(known.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => [...methods]))
    if (allowed.size === 0 && hasWebApp && wantsScreen(request)) return sendShell(reply)
    if (allowed.size === 0) return answer(request, reply, { type: 'http/not-found', facts: { detail: 'Check the address.' } })
    reply.header('allow', [...allowed, 'OPTIONS'].sort().join(', '))
    if (request.method === 'OPTIONS') return reply.code(204).send()
    return answer(request, reply, {
      type: 'http/method-not-allowed',
      facts: { detail: `This address takes ${[...allowed].sort().join(', ')}.` },
    })
  })
}

const patternOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : RegExp.escape(part)))
      .join('/')}$`,
  )
