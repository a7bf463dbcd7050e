import type { PrivacySetting, PrivacySettingsState } from './queries.ts'

type Key = PrivacySetting['key']
/** What the form holds, each as text: `18`, `true`, `US, CA`. */
export type SettingsValues = Readonly<Record<Key, string>>

/** The settings as the form holds them. */
export const settingsValues = ({ settings }: PrivacySettingsState): SettingsValues =>
  Object.fromEntries(settings.map(({ key, value }) => [key, asText(value)])) as SettingsValues

/** A value as the form holds it. */
export const asText = (value: PrivacySetting['value']): string => (Array.isArray(value) ? value.join(', ') : String(value))

/** Country codes as somebody types them. */
export const countriesOf = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .filter((code) => code !== '')
    .map((code) => code.toUpperCase())

/** Whether these are countries, each once. */
export function areCountries(text: string): boolean {
  const codes = countriesOf(text)
  return codes.length > 0 && new Set(codes).size === codes.length && codes.every((code) => /^[A-Z]{2}$/.test(code))
}

/** The named fields as the server takes them. */
export function settingsChanges(
  { settings }: PrivacySettingsState,
  values: SettingsValues,
  fields: readonly Key[],
): Record<string, unknown> {
  const changed = settings.filter(({ key }) => fields.includes(key))
  return Object.fromEntries(
    changed.map((setting) => [
      setting.key,
      Array.isArray(setting.value)
        ? countriesOf(values[setting.key])
        : setting.values.find((value) => String(value) === values[setting.key]),
    ]),
  )
}
