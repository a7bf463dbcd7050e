import type { ClientBase } from 'pg'
import pg from 'pg'

/** The login roles, each with just what it needs; `frontdesk_backup` reads everything and writes nothing. `frontdesk_search` cannot log in: it owns the definer functions. */
export const loginRoles = [
  'frontdesk_owner',
  'frontdesk_app',
  'frontdesk_auth',
  'frontdesk_relay',
  'frontdesk_eraser',
  'frontdesk_backup',
] as const
export type LoginRole = (typeof loginRoles)[number]
export type RolePasswords = Readonly<Record<LoginRole, string>>

const TIMEOUTS: Partial<Record<LoginRole, string>> = { frontdesk_app: '20s', frontdesk_auth: '10s', frontdesk_eraser: '120s' }

/**
 * What the planner is told, as in the built-in server, whatever the administrator's own server says: Frontdesk's queries are short and its disks are not spinning, so that an index is worth
 * its way and compiling a plan is not.
 */
const PLANNER = { random_page_cost: '1.1', jit: 'off' }

/** The SQL that makes the roles and the database; idempotent. Printed for an administrator when the given account may not run it. */
export function roleStatements(passwords: RolePasswords): string[] {
  const quoted = (text: string) => pg.escapeLiteral(text)
  const ensure = (role: string, options: string) =>
    `do $$ begin if not exists (select from pg_roles where rolname = '${role}') then create role ${role} ${options}; end if; end $$`
  return [
    ensure('frontdesk_search', 'nologin nosuperuser'),
    ...loginRoles.map((role) => ensure(role, 'login nosuperuser nocreatedb nocreaterole')),
    ...loginRoles.map((role) => `alter role ${role} password ${quoted(passwords[role])}`),
    ...Object.entries(TIMEOUTS).map(([role, timeout]) => `alter role ${role} set statement_timeout = '${timeout}'`),
    ...['frontdesk_app', 'frontdesk_auth'].map((role) => `alter role ${role} set idle_in_transaction_session_timeout = '60s'`),
    ...loginRoles.flatMap((role) => Object.entries(PLANNER).map(([name, value]) => `alter role ${role} set ${name} = '${value}'`)),
    'grant frontdesk_search to frontdesk_owner',
  ]
}

/** The extensions that are needed; each is trusted, so the owner of a database may install it. */
export const extensions = ['btree_gist', 'pg_trgm', 'unaccent'] as const

/** Installs them; idempotent. */
export const extensionStatements = extensions.map((name) => `create extension if not exists ${name}`)

/** Runs statements one after another; a missing right becomes a sentence with the SQL an administrator has to run once. `passwordFile` says where the passwords are. */
export async function runAsAdministrator(client: ClientBase, statements: readonly string[], passwordFile: string): Promise<void> {
  for (const statement of statements) {
    try {
      await client.query(statement)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const shown = statements.map((line) => `${line.replace(/password '.*'/, "password '<the role's password>'")};`).join('\n')
      throw new Error(
        `The account in DATABASE_URL may not set up Frontdesk's roles (${reason}).\nAsk an administrator to run this once, with the passwords of ${passwordFile}:\n\n${shown}\n`,
        { cause: error },
      )
    }
  }
}
