import type { Principal, PrivacySettings, PrivacySettingsState } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { defaultPrivacySettings, privacyGuards, privacySettings, settingKeys } from './settings.ts'

/** How this workspace settles privacy, every key filled in. */
export async function readPrivacySettings(tx: WorkspaceTx): Promise<PrivacySettings> {
  return (await newestSettings(tx)).settings
}

/** The same with its version; 1 is everything at its default. */
export async function newestSettings(
  tx: WorkspaceTx,
): Promise<{ readonly version: number; readonly changedAt: Temporal.Instant | null; readonly settings: PrivacySettings }> {
  const row = await tx.db
    .selectFrom('privacy_settings')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { version: row?.version ?? 1, changedAt: row?.created_at ?? null, settings: { ...defaultPrivacySettings, ...row?.values } }
}

/** All settings with what they can be, and the guards, for members. */
export async function showPrivacySettings(tx: WorkspaceTx, by: Principal): Promise<PrivacySettingsState> {
  privacyPolicy.require(by, 'privacy_settings.read')
  const { version, changedAt, settings } = await newestSettings(tx)
  return {
    version,
    changedAt: changedAt?.toString() ?? null,
    settings: settingKeys.map((key) => {
      const { group, values, default: usual, strictness, waitsFor, law } = privacySettings[key]
      return {
        key,
        group,
        value: copied(settings[key]),
        values: [...values],
        default: copied(usual),
        strictest: strictness[0] ?? null,
        waitsFor,
        law,
      }
    }),
    guards: [...privacyGuards],
  }
}

type Setting = PrivacySettings[keyof PrivacySettings]
const copied = (value: Setting) => (typeof value === 'object' ? [...value] : value)
