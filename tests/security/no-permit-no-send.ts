/**
 * What would be a way round the gate does not compile. This file runs nowhere: `npm run check` fails as soon as one of these lines compiles, because then nothing is
 * expected to be wrong on it.
 */
import type { Permit } from '@frontdesk/contact-rules'
import { usePermit } from '../../apps/server/src/modules/privacy/index.ts'
import type { WorkspaceTx } from '../../apps/server/src/platform/database/index.ts'
import { mailContact } from '../../apps/server/src/platform/mail/index.ts'

declare const tx: WorkspaceTx
declare const permit: Permit
const mail = { to: { address: 'ann@home.example' }, fromName: 'Salon', subject: 'Hello', text: 'Hello' }

export const waysRound = [
  // @ts-expect-error a mail without a permit
  () => mailContact(tx, mail),
  // @ts-expect-error a mail with nothing in the permit's place
  () => mailContact(tx, undefined, mail),
  // @ts-expect-error a mail with something that looks like a permit
  () => mailContact(tx, { ...permit }, mail),
  // @ts-expect-error a permit of one's own making
  () => mailContact(tx, { id: 'p', workspaceId: 'w', contactId: 'c', pointId: null, channel: 'email', purpose: 'reply' }, mail),
  // @ts-expect-error a permit that is not said to be used for anybody
  () => usePermit(tx, permit, { sendId: 's', channel: 'email' }),
]
