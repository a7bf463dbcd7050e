import type { Rulebook } from './rulebook.ts'

/** The rulebook that comes with Frontdesk: the United States and Canada. */
export const shippedRulebook: Rulebook = { version: '2026-11-29.1', asOf: '2026-11-21', countries: ['US', 'CA'], rules: [] }
