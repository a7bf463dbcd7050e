import type pg from 'pg'

/** Removes the windows that are over, as the relay. Returns their number. */
export async function removeOldWindows(relay: pg.Pool, now: Temporal.Instant): Promise<number> {
  const { rowCount } = await relay.query('delete from platform.rate_window where ends_at <= $1', [now.toString()])
  return rowCount ?? 0
}
