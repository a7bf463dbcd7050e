import type { ContactId } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** Code or pictures of somebody else, declared for the booking pages. */
export type PageTagRow = {
  workspace_id: string
  id: string
  name: string
  provider: string
  host: string
  script: string
  class: 'statistics' | 'marketing'
  purpose: string
  cookies: ColumnType<readonly { readonly name: string; readonly days: number }[], string, never>
  declared_by: string
  created_at: Temporal.Instant
  removed_at: Temporal.Instant | null
}

/** What a reader decided about cookies, as proof. Append-only. */
export type CookieDecisionRow = {
  workspace_id: string
  id: string
  visitor_hash: string
  preferences: boolean
  statistics: boolean
  marketing: boolean
  sharing: boolean
  asked_on: 'banner' | 'choices'
  edition: string
  words_hash: string
  locale: string
  gpc: boolean
  dnt: boolean
  region: string | null
  created_at: Temporal.Instant
}

/** What the browser of a contact asked for. Append-only. */
export type PrivacySignalRow = {
  workspace_id: string
  id: string
  contact_id: ContactId
  signal: 'gpc' | 'dnt'
  seen_on: 'preferences' | 'booking' | 'form'
  created_at: Temporal.Instant
}

/** One visit of a public page. */
export type WebVisitRow = {
  workspace_id: string
  id: string
  at: Temporal.Instant
  page: string
  status: number
  browser: string
  platform: string
  language: string | null
  referrer: string | null
  visitor_hash: string | null
}

/** Visits of one page on one day. */
export type WebDayRow = { workspace_id: string; id: string; day: Temporal.PlainDate; page: string; views: number }

/** How many visits of one day said what. */
export type SignalDayRow = { workspace_id: string; id: string; day: Temporal.PlainDate; signal: 'gpc' | 'dnt'; visits: number }

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    page_tag: PageTagRow
    cookie_decision: CookieDecisionRow
    privacy_signal: PrivacySignalRow
    web_visit: WebVisitRow
    web_day: WebDayRow
    signal_day: SignalDayRow
  }
}

const nobody = { root: 'none', why: 'A keyed hash of a random id or of a day and a network, which leads to nobody we know.' } as const

export const cookiesInventory = [
  inventoryOf<PageTagRow>('page_tag', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      name: system,
      provider: system,
      host: system,
      script: system,
      class: system,
      purpose: system,
      cookies: system,
      declared_by: reference('member', { keep: 'Who let others in is part of the record.' }),
      created_at: system,
      removed_at: system,
    },
  }),
  inventoryOf<CookieDecisionRow>('cookie_decision', {
    ends: { rule: 'proof', after: 'created_at', how: 'delete_row' },
    subjects: [nobody],
    columns: {
      workspace_id: system,
      id: system,
      visitor_hash: personal({
        category: 'proof',
        purpose: 'compliance',
        basis: 'legal_obligation',
        retention: 'proof',
        erase: { keep: 'The proof of a decision; the random id behind it is in her browser alone.' },
        export: false,
        stored: 'hashed',
      }),
      preferences: system,
      statistics: system,
      marketing: system,
      sharing: system,
      asked_on: system,
      edition: system,
      words_hash: system,
      locale: system,
      gpc: system,
      dnt: system,
      region: system,
      created_at: system,
    },
  }),
  inventoryOf<PrivacySignalRow>('privacy_signal', {
    ownWork: true,
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      contact_id: reference('contact'),
      signal: personal({
        category: 'preference',
        purpose: 'compliance',
        basis: 'legal_obligation',
        retention: 'proof',
        erase: 'delete_row',
        export: true,
      }),
      seen_on: system,
      created_at: system,
    },
  }),
  inventoryOf<WebVisitRow>('web_visit', {
    subjects: [nobody],
    columns: {
      workspace_id: system,
      id: system,
      at: system,
      page: system,
      status: system,
      browser: system,
      platform: system,
      language: system,
      referrer: system,
      visitor_hash: personal({
        category: 'device',
        purpose: 'operation',
        basis: 'legitimate_interest',
        retention: 'operation',
        erase: { keep: 'It changes every day and leads to nobody; the row goes after the days of the web log.' },
        export: false,
        stored: 'hashed',
      }),
    },
  }),
  inventoryOf<WebDayRow>('web_day', {
    subjects: [{ root: 'workspace' }],
    columns: { workspace_id: system, id: system, day: system, page: system, views: system },
  }),
  inventoryOf<SignalDayRow>('signal_day', {
    subjects: [{ root: 'workspace' }],
    columns: { workspace_id: system, id: system, day: system, signal: system, visits: system },
  }),
]
