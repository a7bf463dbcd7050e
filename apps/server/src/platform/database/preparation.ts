import pg from 'pg'

/** What the database was last made ready for. */
export type PreparationRow = {
  one: boolean
  /** Of the code, and of what has to stay forgotten. */
  mark: string
  prepared_at: Temporal.Instant
}

/** The mark of the last preparation that came to its end; undefined where there was none, or where it cannot be read. */
export async function readPreparation(ownerUrl: string): Promise<string | undefined> {
  return asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ mark: string }>('select mark from platform.preparation')
    return rows[0]?.mark
  }).catch(() => undefined)
}

/** Notes that everything was made ready; without a mark, that the next start has to look itself. */
export async function notePreparation(ownerUrl: string, mark: string | undefined): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    if (mark === undefined) return void (await client.query('delete from platform.preparation'))
    await client.query(
      'insert into platform.preparation (mark) values ($1) on conflict (one) do update set mark = excluded.mark, prepared_at = now()',
      [mark],
    )
  })
}

async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
