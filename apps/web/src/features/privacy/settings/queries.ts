import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers. */
export type PrivacySettingsState = Awaited<ReturnType<typeof call<'GET /privacy-settings'>>>
export type PrivacySetting = PrivacySettingsState['settings'][number]

/** How this business settles privacy. */
export const privacySettingsQuery = queryOptions({
  queryKey: ['privacy_settings'],
  queryFn: ({ signal }) => call('GET /privacy-settings', { signal }),
})
