import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** Whom a process runs as. */
export type Account = { readonly uid: number; readonly gid: number }

/**
 * Whom PostgreSQL runs as when we are root, which it refuses to be: the account that already owns the cluster, the one asked for, `frontdesk` where the machine has
 * it, otherwise nobody. Undefined for an ordinary user, whose server runs as himself.
 */
export function unprivilegedAccount(cluster: string, asked: Account | undefined): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return asked ?? accountNamed('frontdesk') ?? accountNamed('nobody') ?? { uid: 65_534, gid: 65_534 }
}

function accountNamed(name: string): Account | undefined {
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([who]) => who === name)
  return entry ? { uid: Number(entry[2]), gid: Number(entry[3]) } : undefined
}

/** Throws when the account cannot get to a folder because one above it is closed to others, as /root is. */
export function refuseUnreachable(folder: string, account: Account): void {
  for (let place = folder; place !== path.dirname(place); place = path.dirname(place)) {
    const { mode, uid, gid } = statSync(place)
    const enter = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & enter) === 0) {
      throw new Error(
        `PostgreSQL cannot run as root, and the account it runs as instead (uid ${account.uid}) may not enter ${place}. Set FRONTDESK_DATA to a folder outside of it, for instance /var/lib/frontdesk/desk, or run: chmod o+x ${place}`,
      )
    }
  }
}
