import type { privacySettingsRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { changePrivacySettings } from './change-privacy-settings.ts'
import { showPrivacySettings } from './read-privacy-settings.ts'

/** The settings, as members see and change them. */
export const settingsHandlers: Handlers<typeof privacySettingsRoutes> = {
  'GET /privacy-settings': { policy, may: 'privacy_settings.read', run: ({ tx, by }) => showPrivacySettings(tx, by) },
  'PATCH /privacy-settings': {
    policy,
    may: 'privacy_settings.manage',
    run: async ({ tx, by, body, version }) => {
      await changePrivacySettings(tx, by, { changes: body, version })
      return showPrivacySettings(tx, by)
    },
  },
}
