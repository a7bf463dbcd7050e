import type { ContactId, RequestKind, RequestRegion, RequestWay } from '@frontdesk/contract'
import { loadRequest } from './find-request.ts'
import { recordRequest } from './receive-request.ts'
import type { testOffice } from './testing.ts'
import { confirmByLink } from './verify-request.ts'

/** What a case is recorded with, beside what is asked for. */
export type MoreOfCase = {
  readonly region?: RequestRegion
  readonly forWhom?: 'child' | 'agent'
  readonly by?: Exclude<RequestWay, 'portal' | 'agent'>
  /** Done with whoever asks before her case is opened. */
  readonly before?: (contactId: ContactId) => void
}

/** People who ask for something, and their cases, for tests. */
export function testCases({ place, inside, opened, rowsOf }: Awaited<ReturnType<typeof testOffice>>) {
  let counter = 0
  /** Somebody who asks for something, as a member records it. */
  const asked = async (kind: RequestKind = 'access', more: MoreOfCase = {}) => {
    counter += 1
    const email = `case${counter}@home.example`
    const contactId = await place.newContact(email)
    more.before?.(contactId)
    const { id } = await inside((tx) =>
      recordRequest(tx, place.as.member, {
        kind,
        receivedBy: more.by ?? 'phone',
        contactId,
        requesterEmail: email,
        forWhom: more.forWhom ?? 'self',
        region: more.region,
        ...(more.forWhom === 'agent' ? { agentName: 'Rights Agency', agentEmail: 'agent@rights.example' } : {}),
      }),
    )
    await opened(id)
    return { id, contactId, email }
  }
  return {
    asked,
    /** The same, and she has proven who she is. */
    proven: async (kind: RequestKind = 'access', more: MoreOfCase = {}) => {
      const found = await asked(kind, more)
      await inside((tx) => confirmByLink(tx, place.visitor, { requestId: found.id }))
      return found
    },
    state: (id: string) => inside((tx) => loadRequest(tx, place.as.owner, id)),
    /** The subjects of the letters to her, oldest first. */
    letters: async (contactId: string): Promise<string[]> =>
      (await rowsOf("select subject from mail where audience = 'contact' and contact_id = $1 order by id", [contactId])).map(
        ({ subject }) => String(subject),
      ),
  }
}
