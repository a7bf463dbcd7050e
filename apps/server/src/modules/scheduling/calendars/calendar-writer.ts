import type { BookingId, CalendarProvider } from '@frontdesk/contract'
import type { JobContext } from '../../../platform/jobs/index.ts'
import { caldavClient } from './caldav-client.ts'
import type { CalendarCopyRow, CalendarLinkRow } from './calendar.tables.ts'
import { calendarSurroundings } from './calendar-reach.ts'
import { entryFile, type FeedEntry } from './feed-file.ts'
import { isProvider, openAccount } from './providers/account.ts'
import type { Written } from './providers/provider.ts'

type Copy = Pick<CalendarCopyRow, 'etag' | 'their_id'> | undefined

/** Writes into one calendar elsewhere, whatever it speaks. Throws `CalendarFailed`. */
export type CalendarWriter = {
  readonly write: (entry: FeedEntry, copy: Copy) => Promise<Written>
  /** What is not there counts as taken out. */
  readonly remove: (threadId: BookingId, copy: Copy) => Promise<void>
}

type Opened = { readonly address: string; readonly username: string; readonly password: string; readonly collection: string }

/** Opens a calendar for writing. Throws `CalendarFailed`. */
export async function openWriter(
  context: Pick<JobContext, 'inWorkspace'>,
  link: CalendarLinkRow,
  { collection, ...account }: Opened,
): Promise<CalendarWriter> {
  if (isProvider(link.kind)) {
    const api = await openAccount(context, link as CalendarLinkRow & { kind: CalendarProvider })
    return {
      write: (entry, copy) => api.write(collection, entry, copy?.their_id ?? null),
      remove: async (_threadId, copy) => {
        if (copy?.their_id) await api.remove(collection, copy.their_id)
      },
    }
  }
  const client = caldavClient(calendarSurroundings.get(), account)
  const nameOf = (threadId: string) => `${threadId}.ics`
  return {
    write: async (entry, copy) => {
      const name = nameOf(entry.threadId)
      return { theirId: name, etag: await client.write(collection, name, entryFile(entry), copy?.etag ?? null) }
    },
    remove: (threadId) => client.remove(collection, nameOf(threadId)),
  }
}
