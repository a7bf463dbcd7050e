/** A server with a small route table, for tests of what every route gets from this room. */
import { type Principal, type Role, routes, type WorkspaceId } from '@frontdesk/contract'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import type { TestDatabase } from '../database/testing.ts'
import { openLog } from '../log/index.ts'
import { definePolicy, leads } from '../policy/index.ts'
import { createHttpServer, type HttpSettings, mount } from './index.ts'

const Note = z.object({ id: z.string(), text: z.string(), version: z.int() }).meta({ id: 'TestNote' })

/** Routes of every kind of access, with a body, a query, parameters, a version and answers that hold too much. */
export const fixtureRoutes = routes({
  'GET /fixture/public': {
    summary: 'Anybody may look',
    access: 'public',
    query: z.strictObject({ q: z.string().max(20).optional() }),
    answer: z.object({ q: z.string() }),
  },
  'POST /fixture/public': {
    summary: 'Anybody may write',
    access: 'public',
    body: z.strictObject({ text: z.string().max(2000), tags: z.array(z.string()).optional(), deep: z.unknown().optional() }),
    answer: z.object({ text: z.string() }),
  },
  'GET /fixture/person': { summary: 'Somebody signed in', access: 'person', answer: z.object({ userId: z.string() }) },
  'POST /fixture/notes': {
    summary: 'Write a note',
    description: 'Two lines\nof description.',
    access: 'member',
    body: z.strictObject({ text: z.string().min(1).max(200) }),
    status: 201,
    answer: Note,
    refusals: ['http/conflict'],
  },
  'GET /fixture/notes/{noteId}': { summary: 'Read a note', access: 'member', params: z.strictObject({ noteId: z.uuid() }), answer: Note },
  'PATCH /fixture/notes/{noteId}': {
    summary: 'Change a note',
    access: 'member',
    params: z.strictObject({ noteId: z.uuid() }),
    body: z.strictObject({ text: z.string() }),
    answer: Note,
    ifMatch: true,
  },
  'DELETE /fixture/notes/{noteId}': {
    summary: 'Remove a note',
    access: 'member',
    params: z.strictObject({ noteId: z.uuid() }),
    status: 204,
    answer: z.undefined(),
  },
})

const policy = definePolicy({ 'notes.read': leads, 'notes.write': leads })

/** What the fixture's handlers did; a test empties it. */
export const fixtureWrites: string[] = []

/** The fixture's routes with their handlers. */
export const mountedFixture = mount(fixtureRoutes, {
  'GET /fixture/public': {
    limit: { name: 'fixture', requests: 1000, seconds: 60 },
    run: async ({ query }) => ({ q: query.q ?? '', secret: 'never leaves' }),
  },
  'POST /fixture/public': { limit: { name: 'fixture-write', requests: 1000, seconds: 60 }, run: async ({ body }) => ({ text: body.text }) },
  'GET /fixture/person': { run: async ({ person }) => ({ userId: person.userId }) },
  'POST /fixture/notes': {
    policy,
    may: 'notes.write',
    run: async ({ body, tx }) => {
      fixtureWrites.push(body.text)
      if (body.text === 'break') throw new Error('Ana Silva, +34 600 000 000')
      if (body.text === 'full') await sql`do $$ begin raise 'could not extend file' using errcode = 'disk_full'; end $$`.execute(tx.db)
      return { id: tx.newId(), text: body.text, version: 1 }
    },
  },
  'GET /fixture/notes/{noteId}': {
    policy,
    may: 'notes.read',
    run: async ({ params }) => ({ id: params.noteId, text: 'a note', version: 3 }),
  },
  'PATCH /fixture/notes/{noteId}': {
    policy,
    may: 'notes.write',
    run: async ({ params, body, version }) => ({ id: params.noteId, text: body.text, version: version + 1 }),
  },
  'DELETE /fixture/notes/{noteId}': { policy, may: 'notes.write', run: async () => undefined },
})

/** Who knocks in a test: `x-test-role` names the role, `x-test-cookie` says that the sign-in came by cookie. */
export async function fixtureServer(
  test: TestDatabase,
  workspaceId: WorkspaceId,
  more: Partial<HttpSettings> = {},
): Promise<FastifyInstance> {
  return createHttpServer({
    database: test.database,
    log: openLog({ level: 'silent', role: 'test', strict: true }),
    routes: mountedFixture,
    trustedProxies: [],
    authenticate: async ({ headers }) => {
      const role = headers['x-test-role']
      if (typeof role !== 'string') return { byCookie: false }
      const userId = '019b8c4e-0000-7000-8000-0000000000aa'
      const principal = { kind: 'member', workspaceId, memberId: userId, userId, role: role as Role } as unknown as Principal
      return {
        byCookie: headers['x-test-cookie'] !== undefined,
        principal,
        person: { userId, sessionId: userId, authenticatedAt: test.clock() } as never,
      }
    },
    ...more,
  })
}
