import { statSync } from 'node:fs'
import type { Clock } from '../clock/index.ts'
import { type Certificate, certificatePath, readCertificate } from './certificate-file.ts'

export type FollowCertificate = {
  /** `<data>/keys` */
  readonly keysFolder: string
  readonly domain: string
  readonly clock: Clock
}

/**
 * The certificate of a domain as it is now, for a process other than the one that obtains it: undefined until there is one, and once it has run out. The file is read
 * again when it was replaced, so that a renewal is followed by whoever asks for each connection; the same certificate is the same object.
 */
export function followCertificate({ keysFolder, domain, clock }: FollowCertificate): () => Certificate | undefined {
  let seen: string | undefined
  let read: Certificate | undefined
  return () => {
    const present = signOf(certificatePath(keysFolder, domain))
    if (present !== seen) {
      read = present === undefined ? undefined : readCertificate(keysFolder, domain, clock())
      seen = present
    }
    return read && Temporal.Instant.compare(read.until, clock()) > 0 ? read : undefined
  }
}

/** Changes whenever the file does: it is replaced as a whole, and so is another file each time. */
function signOf(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found && `${found.ino} ${found.mtimeNs} ${found.size}`
}
