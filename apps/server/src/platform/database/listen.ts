import pg from 'pg'

/** Hears NOTIFY on one connection of its own and comes back by itself after the connection was lost. */
export type Listener = {
  /** Calls `hear` with the payload of each notification on the channel. Returns a function that ends it. */
  on(channel: string, hear: (payload: string) => void): () => void
  /** Calls `again` after each connect, the first one included: whatever was notified in between is lost and has to be looked for. */
  onConnected(again: () => void): () => void
  /** When the present connection began, in `performance.now()` milliseconds; undefined while there is none. */
  readonly connectedSince: number | undefined
  close(): Promise<void>
}

export type ListenerSettings = { readonly url: string; readonly onLost?: (error: Error) => void }

const RETRY_MS = [50, 100, 250, 500, 1000, 2000] as const

/** Opens a listener. Does not wait for the connection: it is made, and made again, in the background. */
export function openListener({ url, onLost = () => undefined }: ListenerSettings): Listener {
  const hearers = new Map<string, Set<(payload: string) => void>>()
  const connectedHearers = new Set<() => void>()
  let client: pg.Client | undefined
  let connectedSince: number | undefined
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let failures = 0

  async function connect(): Promise<void> {
    const candidate = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      application_name: 'frontdesk listener',
    })
    client = candidate
    candidate.on('error', lost)
    candidate.on('end', () => lost(new Error('The connection ended.')))
    candidate.on('notification', ({ channel, payload }) => {
      for (const hear of hearers.get(channel) ?? []) hear(payload ?? '')
    })

    function lost(error: Error): void {
      if (client !== candidate || closed) return
      client = undefined
      connectedSince = undefined
      candidate.end().catch(() => undefined)
      onLost(error)
      const wait = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? 2000
      timer = setTimeout(() => void connect(), wait)
    }

    try {
      await candidate.connect()
      if (closed) return void (await candidate.end())
      for (const channel of hearers.keys()) await candidate.query(`listen ${pg.escapeIdentifier(channel)}`)
      if (client !== candidate) return
      connectedSince = performance.now()
      failures = 0
      for (const again of connectedHearers) again()
    } catch (error) {
      lost(error instanceof Error ? error : new Error(String(error)))
    }
  }

  void connect()
  return {
    on(channel, hear) {
      const known = hearers.get(channel)
      hearers.set(channel, (known ?? new Set()).add(hear))
      if (!known && connectedSince !== undefined) client?.query(`listen ${pg.escapeIdentifier(channel)}`).catch(() => undefined)
      return () => void hearers.get(channel)?.delete(hear)
    },
    onConnected(again) {
      connectedHearers.add(again)
      if (connectedSince !== undefined) again()
      return () => void connectedHearers.delete(again)
    },
    get connectedSince() {
      return connectedSince
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
