import { lookup, Resolver as NodeResolver } from 'node:dns/promises'
import type { Resolver } from '../location/locate.ts'

const absent = new Set(['ENODATA', 'ENOTFOUND', 'ENONAME'])

/** The DNS of this machine, or the servers that are named. Addresses come through the machine's own lookup, so that its hosts file counts. */
export function dnsResolver(servers?: readonly string[]): Resolver {
  const resolver = new NodeResolver({ timeout: 3000, tries: 2 })
  if (servers) resolver.setServers([...servers])
  return {
    naptr: (domain) =>
      orNone(async () =>
        (await resolver.resolveNaptr(domain)).map(({ order, preference, service, replacement }) => ({
          order,
          preference,
          service,
          replacement,
        })),
      ),
    srv: (name) => orNone(() => resolver.resolveSrv(name)),
    async addresses(host) {
      if (servers) return (await Promise.all([orNone(() => resolver.resolve4(host)), orNone(() => resolver.resolve6(host))])).flat()
      return orNone(async () => (await lookup(host, { all: true })).map(({ address }) => address))
    },
  }
}

async function orNone<Value>(ask: () => Promise<readonly Value[]>): Promise<readonly Value[]> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Error && 'code' in error && absent.has(String(error.code))) return []
    throw error
  }
}
