import { waitlistRoutes } from '@frontdesk/contract'
import { Refusal } from '../../../platform/errors/index.ts'
import { type Handlers, mount } from '../../../platform/http/index.ts'
import { sourceOf } from '../booking-actor.rules.ts'
import { askCalendarsAgain } from '../calendars/ask-again.ts'
import { schedulingPolicy as policy } from '../scheduling.policy.ts'
import { changeWishes, moveEntry, offerByHand, removeEntry, restoreEntry } from './change-entry.ts'
import { joinWaitlist } from './join-waitlist.ts'
import { listWaitlist, readEntry } from './list-waitlist.ts'
import { presentEntry } from './present-entry.ts'

const read = { policy, may: 'waitlist.read' } as const
const manage = { policy, may: 'waitlist.manage' } as const

/** What members and API keys do with the waitlist. */
const waitlistHandlers: Handlers<typeof waitlistRoutes> = {
  'GET /waitlist': { ...read, run: ({ tx, by, query }) => listWaitlist(tx, by, query) },
  'POST /waitlist': {
    ...manage,
    run: async ({ tx, by, body: { contactId, contact, notify, ...wish } }) => {
      const who = contactId !== undefined ? { contactId } : contact
      if (who === undefined) throw new Refusal('http/invalid-request')
      return presentEntry(tx, await joinWaitlist(tx, by, { ...wish, who, quiet: !notify, source: sourceOf(by) }))
    },
  },
  'GET /waitlist/{entryId}': { ...read, run: async ({ tx, by, params }) => presentEntry(tx, await readEntry(tx, by, params.entryId)) },
  'PATCH /waitlist/{entryId}': {
    ...manage,
    run: async ({ tx, by, params, body, version }) => {
      await readEntry(tx, by, params.entryId)
      return presentEntry(tx, await changeWishes(tx, by, { ...body, ...params, version }))
    },
  },
  'POST /waitlist/{entryId}/move': {
    ...manage,
    run: async ({ tx, by, params, body }) => {
      await readEntry(tx, by, params.entryId)
      return presentEntry(tx, await moveEntry(tx, by, { ...params, ...body }))
    },
  },
  'POST /waitlist/{entryId}/offer': {
    ...manage,
    before: async ({ database, workspaceId, by, params }) => {
      const { service_id: serviceId } = await database.inWorkspace(workspaceId, (tx) => readEntry(tx, by, params.entryId), {
        readOnly: true,
      })
      await askCalendarsAgain(database, workspaceId, { serviceId })
    },
    run: async ({ tx, by, params, body: { start, ...rest } }) => {
      await readEntry(tx, by, params.entryId)
      return presentEntry(tx, await offerByHand(tx, by, { ...params, ...rest, start: Temporal.Instant.from(start) }))
    },
  },
  'DELETE /waitlist/{entryId}': {
    ...manage,
    run: async ({ tx, by, params, version }) => {
      await readEntry(tx, by, params.entryId)
      return presentEntry(tx, await removeEntry(tx, by, { ...params, version }))
    },
  },
  'POST /waitlist/{entryId}/restore': {
    ...manage,
    run: async ({ tx, by, params }) => {
      await readEntry(tx, by, params.entryId)
      return presentEntry(tx, await restoreEntry(tx, by, params.entryId))
    },
  },
}

/** The API of the waitlist. */
export const mountedWaitlistRoutes = mount(waitlistRoutes, waitlistHandlers)
