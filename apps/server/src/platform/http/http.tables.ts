import { inventoryOutside, personal, system } from '../inventory/index.ts'

/** How often somebody asked within one window of a limit that all web processes share. */
export type RateWindowRow = {
  /** A keyed hash of the limit's name and an address of the network or an id. */
  subject_hash: string
  requests: number
  ends_at: Temporal.Instant
}

export const httpInventory = [
  inventoryOutside<RateWindowRow>('platform', 'rate_window', {
    subjects: [{ root: 'none', why: 'A keyed hash and a number, for minutes.' }],
    columns: {
      subject_hash: personal({
        category: 'identifier',
        purpose: 'security',
        basis: 'legitimate_interest',
        retention: 'session',
        erase: 'delete_row',
        export: false,
        stored: 'hashed',
      }),
      requests: system,
      ends_at: system,
    },
  }),
]
