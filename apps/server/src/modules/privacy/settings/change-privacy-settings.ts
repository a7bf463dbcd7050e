import { isDeepStrictEqual } from 'node:util'
import type { Principal, PrivacySettings } from '@frontdesk/contract'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { newestSettings, showPrivacySettings } from './read-privacy-settings.ts'
import { privacySettings, settingKeys } from './settings.ts'

export type ChangePrivacySettings = {
  /** Only what differs. */
  readonly changes: Partial<PrivacySettings>
  /** The version that was read. */
  readonly version: number
}

/**
 * Changes settings; every change is a version that stays. Throws `privacy/setting-waits` for what no room heeds yet, and `http/version-mismatch` when somebody else was
 * quicker.
 */
export async function changePrivacySettings(
  tx: WorkspaceTx,
  by: Principal,
  { changes, version }: ChangePrivacySettings,
): Promise<PrivacySettings> {
  privacyPolicy.require(by, 'privacy_settings.manage')
  requireHeeded(changes)
  const before = await newestSettings(tx)
  if (before.version !== version) throw await outrun(tx, by)
  const settings = { ...before.settings, ...changes }
  const differing = settingKeys.filter((key) => !isDeepStrictEqual(settings[key], before.settings[key]))
  if (differing.length === 0) return settings
  const values = Object.fromEntries(
    settingKeys.filter((key) => !isDeepStrictEqual(settings[key], privacySettings[key].default)).map((key) => [key, settings[key]]),
  )
  const written = await tx.db
    .insertInto('privacy_settings')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: version + 1,
      values: JSON.stringify(values),
      changed_by: actorText(by),
      created_at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst()
  if (!written) throw await outrun(tx, by)
  for (const key of differing)
    await audit(tx, by, { action: 'privacy_settings.changed', object: { type: 'privacy_setting', id: key }, result: 'done' })
  await emit(tx, 'privacy_settings.changed', { workspaceId: tx.workspaceId })
  return settings
}

function requireHeeded(changes: Partial<PrivacySettings>): void {
  for (const key of settingKeys) {
    const { waitsFor, default: usual } = privacySettings[key]
    if (waitsFor === null || changes[key] === undefined || isDeepStrictEqual(changes[key], usual)) continue
    throw new Refusal('privacy/setting-waits', {
      detail: `${key} can be changed once there is a room for ${waitsFor}. Until then it stands at ${String(usual)}. Nothing was saved.`,
      setting: key,
      room: waitsFor,
    })
  }
}

const outrun = async (tx: WorkspaceTx, by: Principal) =>
  new Refusal('http/version-mismatch', {
    detail: 'Somebody changed these settings in the meantime. Nothing was saved.',
    current: await showPrivacySettings(tx, by),
  })
