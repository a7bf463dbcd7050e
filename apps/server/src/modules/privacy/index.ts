import { mailGate } from '../../platform/mail/index.ts'
import type { Room } from '../../platform/room/index.ts'
import { askAgain } from './ask-again.ts'
import { privacyInventory } from './privacy.tables.ts'
import { mountedRoutes } from './routes.ts'
import { stopPages } from './stop-page.ts'

export { presentReason } from './may-contact.ts'
export { type SubjectSource, stopPageSurroundings, subjectSources } from './ports.ts'
export { privacyPolicy } from './privacy.policy.ts'
export { whyNot } from './reason-sentences.ts'
export { type PermitAnswer, requestPermit, type Touch } from './request-permit.ts'
export { stopWords } from './stop.words.ts'
export { stopPath } from './stop-link.ts'
export { type Suppress, suppress } from './suppress.ts'
export { usePermit } from './use-permit.ts'

/** Fills the ports of rooms and platform to the left that this room answers. */
export const providePrivacyPorts = (): void => mailGate.provide({ askAgain })

export const privacyRoom: Room = {
  name: 'privacy',
  migrations: new URL('./migrations', import.meta.url),
  inventory: privacyInventory,
  routes: mountedRoutes,
  jobs: [],
  subscribers: [],
  pages: stopPages,
}
