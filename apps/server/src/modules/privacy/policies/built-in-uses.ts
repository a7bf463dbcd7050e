import type { PrivacySettings } from '@frontdesk/contract'

/** Which decided objection ends a use for good. */
export type EndedUse = 'statistics' | 'profiles' | 'sharing' | 'new_uses'

/** A use that the software itself can have beyond serving her. */
export type BuiltInUse = {
  /** The setting that has to let it be, where there is one. */
  readonly setting: 'sharing.third_party_marketing' | 'sharing.profiles' | null
  /** What counts where no setting says so: her yes, or her silence until she objects (GDPR Art. 6(1)(f), 21(1)). */
  readonly unless: 'opt_in' | 'until_objected'
  readonly endedBy: EndedUse
  /** The signal of a browser and the wish not to be sold, shared or profiled end it too (Cal. Civ. Code 1798.120, 1798.135). */
  readonly heedsSignals: boolean
}

/** Every use beyond serving her that the software knows. Whatever else a business introduces has its own question. */
export const builtInUses = {
  /** Data go to others who want to advertise. */
  third_party_marketing: { setting: 'sharing.third_party_marketing', unless: 'opt_in', endedBy: 'sharing', heedsSignals: true },
  /** A profile goes to others. */
  profile_sharing: { setting: 'sharing.profiles', unless: 'opt_in', endedBy: 'sharing', heedsSignals: true },
  /** She is scored, sorted or offered something by what is known of her. */
  profiling: { setting: null, unless: 'opt_in', endedBy: 'profiles', heedsSignals: true },
  /** Texts, calls and recordings of hers make a model better. */
  training: { setting: null, unless: 'opt_in', endedBy: 'profiles', heedsSignals: true },
  /** What she does is counted, person by person. */
  statistics: { setting: null, unless: 'until_objected', endedBy: 'statistics', heedsSignals: false },
} as const satisfies Readonly<Record<string, BuiltInUse>>

/** The key of a use that is built in. */
export type BuiltInUseKey = keyof typeof builtInUses

/** The use by its key, where it is built in. */
export const builtInUse = (key: string): BuiltInUse | undefined => (key in builtInUses ? builtInUses[key as BuiltInUseKey] : undefined)

/** How a built-in use is let: by its setting, otherwise as it is meant. */
export const modeOf = ({ setting, unless }: BuiltInUse, settings: PrivacySettings): 'off' | 'opt_in' | 'opt_out' | 'until_objected' =>
  setting === null ? unless : settings[setting]
