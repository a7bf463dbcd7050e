import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import type { AgeLimit } from './age.tables.ts'

/**
 * What the settings of a workspace ask of whoever joins it: the age of `age.min`, unless `age.scope` leaves all but voices alone; and, with `transfer.consent_required`, a yes to the
 * region in which its data are kept. A business that keeps them somewhere else says with its country where that is.
 */
export async function asksOfJoining(tx: WorkspaceTx): Promise<{ readonly ageLimit: AgeLimit | null; readonly transferTo: string | null }> {
  const settings = await readPrivacySettings(tx)
  const region = settings['geo.region']
  const kept = region === 'other' ? (await workspaceFacts(tx)).country : region
  return {
    ageLimit: settings['age.scope'] === 'voice' ? null : settings['age.min'],
    transferTo: settings['transfer.consent_required'] ? kept : null,
  }
}
