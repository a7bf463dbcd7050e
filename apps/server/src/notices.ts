import path from 'node:path'
import { databaseNotice } from './database-notice.ts'
import { keysCopyConfirmed } from './platform/backup/index.ts'
import { localUrl } from './platform/supervisor/index.ts'
import type { House } from './rooms.ts'
import type { Services } from './services.ts'

/** Paragraphs that the start prints once: the setup link, and what is not set up yet. */
export async function notices({ config, keys, address, database }: Services, house: House, port: number): Promise<readonly string[]> {
  const link = await house.accounts.setupLink(config.publicUrl ?? localUrl(config.http.host, port))
  const { why } = address.publicAddress()
  const stopped = await databaseNotice(config, database)
  return [
    ...(link ? [`Open this link to become the owner. Whoever opens it first is:\n${link}`] : []),
    ...(config.mail.smtp || config.demo
      ? []
      : ['Mail is not set up: customers receive nothing, and the outbox shows what would have gone out. Set SMTP_URL and MAIL_FROM.']),
    ...(config.publicUrl === undefined ? [why] : []),
    ...(stopped ? [stopped] : []),
    ...(keysCopyConfirmed(path.join(config.dataFolder, 'keys'), keys) || link || config.demo
      ? []
      : ['No copy of the keys was confirmed. Without them no backup can be read. Make one: npm run backup -- --keys <file>']),
  ]
}
