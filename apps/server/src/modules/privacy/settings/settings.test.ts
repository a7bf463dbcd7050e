import { PrivacySettings } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { testWorkspace } from '../../contacts/testing.ts'
import { changePrivacySettings } from './change-privacy-settings.ts'
import { readPrivacySettings, showPrivacySettings } from './read-privacy-settings.ts'
import { defaultPrivacySettings, privacyGuards, privacySettings } from './settings.ts'

const test = await testDatabase()
const place = await testWorkspace(test)
const { owner, admin, member, privacy_officer: officer } = place.as
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)

describe('privacy settings refuse', () => {
  it('whoever may not decide', async () => {
    for (const by of [member, admin])
      await expect(inside((tx) => changePrivacySettings(tx, by, { changes: { 'age.min': 16 }, version: 1 }))).rejects.toMatchObject({
        type: 'http/not-allowed',
      })
  })

  it('what no room heeds yet, so that no switch is without effect', async () => {
    await expect(
      inside((tx) => changePrivacySettings(tx, owner, { changes: { 'email.open_tracking': 'individual', 'age.min': 16 }, version: 1 })),
    ).rejects.toMatchObject({ type: 'privacy/setting-waits', facts: { setting: 'email.open_tracking', room: 'outreach' } })
    expect(await inside(readPrivacySettings)).toEqual(defaultPrivacySettings)
  })

  it('a change over one that was not seen, and says what stands now', async () => {
    await inside((tx) => changePrivacySettings(tx, owner, { changes: { 'signals.dnt': 'honor' }, version: 1 }))
    await expect(inside((tx) => changePrivacySettings(tx, officer, { changes: { 'age.min': 13 }, version: 1 }))).rejects.toMatchObject({
      type: 'http/version-mismatch',
      facts: { current: { version: 2 } },
    })
  })
})

describe('privacy settings', () => {
  it('change with a version that stays, an audit entry a setting, and an event', async () => {
    const { version } = await inside((tx) => showPrivacySettings(tx, officer))
    await inside((tx) =>
      changePrivacySettings(tx, officer, { changes: { 'geo.mode': 'custom_list', 'geo.signup_allow': ['US', 'MX'] }, version }),
    )
    const settings = await inside(readPrivacySettings)
    expect(settings).toEqual({
      ...defaultPrivacySettings,
      'signals.dnt': 'honor',
      'geo.mode': 'custom_list',
      'geo.signup_allow': ['US', 'MX'],
    })
    const audited = await test.asSuperuser(
      "select object_id from audit_entry where action = 'privacy_settings.changed' and actor_id = $1",
      [officer.memberId],
    )
    expect(audited.rows.map(({ object_id }) => object_id).toSorted()).toEqual(['geo.mode', 'geo.signup_allow'])
    const kept = await test.asSuperuser('select version from privacy_settings where workspace_id = $1 order by version', [
      place.workspaceId,
    ])
    expect(kept.rows.map((row) => Number(row.version))).toEqual([2, 3])
  })

  it('make no version of a change that changes nothing', async () => {
    const { version } = await inside((tx) => showPrivacySettings(tx, owner))
    await inside((tx) => changePrivacySettings(tx, owner, { changes: { 'geo.mode': 'custom_list' }, version }))
    expect((await inside((tx) => showPrivacySettings(tx, owner))).version).toBe(version)
  })

  it('begin at a default that is among the values and is their first, and rank the same values', () => {
    expect(PrivacySettings.parse(defaultPrivacySettings)).toEqual(defaultPrivacySettings)
    for (const [key, { values, default: usual, strictness }] of Object.entries(privacySettings)) {
      if (values.length > 0) expect(values[0], key).toEqual(usual)
      if (strictness.length > 0) expect(new Set<unknown>(strictness), key).toEqual(new Set<unknown>(values))
      for (const value of values) expect(PrivacySettings.partial().safeParse({ [key]: value }).success, key).toBe(true)
    }
  })

  it('show what nobody can switch off, and have no key for it', () => {
    expect(privacyGuards.map(({ key }) => key)).toEqual(expect.arrayContaining(['suppression', 'password.hints', 'audit_chain']))
    for (const { key } of privacyGuards) expect(PrivacySettings.partial().safeParse({ [key]: 'on' }).success, key).toBe(false)
  })
})
