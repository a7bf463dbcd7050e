import type { Principal, PrivacyOverview } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { seesOnlyOf } from '../../contacts/index.ts'
import { kitSettings } from '../consents/consent-kit.ts'
import { policyPolicy } from '../policies/policy.policy.ts'
import { listPolicies } from '../policies/read-policies.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { breachPolicy } from '../registers/breaches/breach.policy.ts'
import { listBreaches } from '../registers/breaches/read-breaches.ts'
import { legalPolicy } from '../registers/legal/legal.policy.ts'
import { listLegalRequests } from '../registers/legal/read-legal-requests.ts'
import { listProcessors } from '../registers/processors.ts'
import { registersPolicy } from '../registers/registers.policy.ts'
import { countRequests, listRequests } from '../requests/list-requests.ts'
import { requestsPolicy } from '../requests/request.policy.ts'
import { readRetention } from '../retention/retention-setting.ts'
import { staleRegistries } from '../suppression/load-registry.ts'
import { refusedSince } from './refused-since.ts'

/** How many of each kind are named. */
const NAMED = 5
const WEEK = { hours: 24 * 7 } as const

type Overview = z.input<typeof PrivacyOverview>

/** What waits for somebody, each part only where these eyes may see it. */
export async function privacyOverview(tx: WorkspaceTx, by: Principal): Promise<Overview> {
  privacyPolicy.require(by, 'privacy_overview.read')
  const since = tx.now.subtract(WEEK)
  return {
    requests: await openRequests(tx, by),
    incidents: breachPolicy.decide(by, 'breaches.read').allowed ? await openIncidents(tx, by) : null,
    legalRequests: legalPolicy.decide(by, 'legal_requests.read').allowed ? await openLegalRequests(tx, by) : null,
    retention: privacyPolicy.decide(by, 'retention.read').allowed ? await retentionOf(tx, by) : null,
    policies: policyPolicy.decide(by, 'policies.read').allowed ? await policiesToPublish(tx, by) : null,
    recipients: registersPolicy.decide(by, 'registers.read').allowed
      ? (await listProcessors(tx)).filter(({ stopped }) => stopped !== null)
      : null,
    registries: await staleRegistries(tx),
    asksForConsent: (await kitSettings(tx)).bookingPage.length > 0,
    held: privacyPolicy.decide(by, 'flags.read').allowed ? await heldPeople(tx) : null,
    refused: seesOnlyOf(by) === null ? await refusedSince(tx, since) : null,
  }
}

async function openRequests(tx: WorkspaceTx, by: Principal): Promise<Overview['requests']> {
  if (!requestsPolicy.decide(by, 'requests.read').allowed) return null
  const open = await listRequests(tx, by, { list: 'open', limit: 100 })
  // The list goes by the day of the answer; a complaint that was answered has another day.
  const due = open.items.filter((one) => one.due !== null).sort((a, b) => Date.parse(a.due?.before ?? '') - Date.parse(b.due?.before ?? ''))
  return { ...(await countRequests(tx, by)), next: due.slice(0, NAMED) }
}

async function openIncidents(tx: WorkspaceTx, by: Principal): Promise<Overview['incidents']> {
  const { items } = await listBreaches(tx, by, { open: true, limit: 100 })
  const soonest = items.toSorted((a, b) => (a.nextClock?.before ?? '9').localeCompare(b.nextClock?.before ?? '9'))
  return { open: items.length, next: soonest.slice(0, NAMED) }
}

async function openLegalRequests(tx: WorkspaceTx, by: Principal): Promise<Overview['legalRequests']> {
  const { items } = await listLegalRequests(tx, by, { open: true, limit: 100 })
  return { open: items.length, next: items.toSorted((a, b) => (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9')).slice(0, NAMED) }
}

async function retentionOf(tx: WorkspaceTx, by: Principal): Promise<Overview['retention']> {
  const { confirmedAt, nextNight } = await readRetention(tx, by)
  return { confirmedAt, nextNight }
}

async function policiesToPublish(tx: WorkspaceTx, by: Principal): Promise<Overview['policies']> {
  const { documents } = await listPolicies(tx, by)
  return documents
    .map(({ kind, current, changes }) => ({ kind, published: current !== null, changes }))
    .filter(({ published, changes }) => !published || changes > 0)
}

async function heldPeople(tx: WorkspaceTx): Promise<Overview['held']> {
  const { n, next } = await tx.db
    .selectFrom('flagged_contact')
    .select(({ fn }) => [fn.countAll<string>().as('n'), fn.min('due_at').as('next')])
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return { open: Number(n), nextDueAt: next?.toString() ?? null }
}
