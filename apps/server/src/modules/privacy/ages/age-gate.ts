import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { Asker } from '../cookies/asker.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import type { AgeLimit } from './age.tables.ts'

/** What the age of a reader does to a page. */
export type AgeGate = {
  /** `ask`: she has to say first; `closed`: she said, and it was not enough. */
  readonly state: 'open' | 'ask' | 'closed'
  /** Stands beside a booking form: who may book here. Null where nobody is asked. */
  readonly statement: AgeLimit | null
}

/** The age screen of a business; afterwards she is back where she was. */
export const agePath = (slug: string, back: string): string => `/age/${slug}?back=${encodeURIComponent(back)}`

/**
 * Whether a reader may see a page, or book on it. With the scope `site` everybody is asked before any page; with `signup+booking` nobody is, because adults book for their children: who
 * said elsewhere that she is too young cannot book herself.
 */
export async function ageGate(tx: WorkspaceTx, asker: Asker, step: 'look' | 'book'): Promise<AgeGate> {
  const settings = await readPrivacySettings(tx)
  const limit = settings['age.min']
  const scope = settings['age.scope']
  if (scope === 'voice') return { state: 'open', statement: null }
  const known = asker.age(tx.keys, limit)
  if (scope === 'site') return { state: known === 'old_enough' ? 'open' : known === undefined ? 'ask' : 'closed', statement: null }
  return { state: step === 'book' && known === 'too_young' ? 'closed' : 'open', statement: limit }
}
