import { type ProblemDetails, type ProblemType, problems } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import type { ZodError, z } from 'zod'
import { Refusal } from '../errors/index.ts'

/** Problem details of one refusal (RFC 9457). The type is an address where the docs explain it. */
export function problemDetails(type: ProblemType, facts: Readonly<Record<string, unknown>> = {}): ProblemDetails {
  const { status, title } = problems[type]
  return { ...facts, type: `/api/problems/${type}`, title, status }
}

/** Answers with problem details. */
export function sendProblem(reply: FastifyReply, type: ProblemType, facts: Readonly<Record<string, unknown>> = {}): FastifyReply {
  return reply
    .code(problems[type].status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemDetails(type, facts)))
}

/** Parses one part of a request; throws `http/invalid-request` with every fault and where it is. */
export function parsePart<Schema extends z.ZodType>(schema: Schema, value: unknown, part: 'params' | 'query' | 'body'): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  if (part === 'params') throw new Refusal('http/not-found', { detail: 'This address names nothing that can exist.' })
  throw invalidRequest(result.error, part)
}

function invalidRequest(error: ZodError, part: string): Refusal {
  const faults = error.issues.slice(0, 50).map((issue) => ({
    path: [part, ...issue.path].map(String).join('.'),
    code: issue.code,
    message: issue.code === 'unrecognized_keys' ? `Unknown field: ${issue.keys.slice(0, 10).join(', ')}.` : issue.message,
  }))
  const first = faults[0]
  return new Refusal('http/invalid-request', {
    detail: `${first?.path ?? part}: ${first?.message ?? 'not valid'} Nothing was saved.`,
    faults,
  })
}
