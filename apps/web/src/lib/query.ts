import { MutationCache, onlineManager, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './api.ts'
import { type Connection, connection, onConnection } from './connection.ts'
import { isNetworkLoss } from './problems.ts'

const passing = new Set(['http/unavailable', 'http/too-many-requests', 'http/unexpected', 'accounts/busy'])

/**
 * Whether the same question may be asked again by itself: three times at most, while the server is busy or after a single loss. Once the line is known to be lost there
 * is no use in asking; everything on screen is asked again when it is back.
 */
export function worthAsking(tries: number, error: unknown, line: Connection = connection()): boolean {
  if (tries >= 3) return false
  return (isNetworkLoss(error) && line === 'up') || (error instanceof ApiProblem && passing.has(error.slug))
}

/**
 * The cache of what the server said. Keys begin with the room (`['contacts', …]`), so that an event of the room refreshes them; see realtime.ts. Answers count as
 * fresh for half a minute, because events say earlier when they are not.
 */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: unknown) => {
    if (error instanceof ApiProblem && error.slug === 'http/not-signed-in') onSignedOut()
  }
  onlineManager.setEventListener((setOnline) => onConnection(() => setOnline(connection() === 'up')))
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        // Also without a line: a screen that says so is better than one that waits.
        networkMode: 'always',
        refetchOnReconnect: 'always',
        retry: (tries, error) => worthAsking(tries, error),
        retryDelay: (tries) => Math.min(8000, 500 * 2 ** tries),
        refetchOnWindowFocus: true,
      },
      // What a person did is never sent later behind her back: it works now, or she is told.
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
