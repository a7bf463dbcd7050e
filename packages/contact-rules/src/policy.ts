import type { Cap, WallWindow } from './facts.ts'
import type { Channel, Purpose, Voice } from './touch.ts'

/** What a workspace asks of itself. It can only make an answer stricter: whatever is left out changes nothing, and no value here opens what the law closes. */
export type WorkspacePolicy = {
  readonly channelsOff?: readonly Channel[] | undefined
  readonly voicesOff?: readonly Voice[] | undefined
  /** When `feedback` and `marketing` may go out, on her wall clock; none means whenever the law lets them. */
  readonly hours?: readonly WallWindow[] | undefined
  /** When they may not, on her wall clock. */
  readonly quiet?: readonly WallWindow[] | undefined
  /** IANA zone of the business: whose clock counts where nothing is known of hers. */
  readonly zone?: string | undefined
  readonly sundaysOff?: boolean | undefined
  readonly holidaysOff?: boolean | undefined
  /** Over calls, texts and mails of all rooms together, each for the purposes named (`feedback` and `marketing` unless given). */
  readonly caps?: readonly (Cap & { readonly purposes?: readonly Purpose[] | undefined })[] | undefined
  /** Offers by mail only to people who agreed. */
  readonly mailNeedsConsent?: boolean | undefined
  /** We collect debts: Regulation F counts the calls about an invoice. */
  readonly collectsDebts?: boolean | undefined
  /** We are bound by HIPAA: exempt recorded calls are one a day and three a week. */
  readonly healthCare?: boolean | undefined
  /** ISO 3166-2 codes of states in which we are registered as telephone sellers. */
  readonly registeredIn?: readonly string[] | undefined
  /** ISO 3166-2 codes of places with a declared emergency, where no offers go. */
  readonly emergencies?: readonly string[] | undefined
  /** Announce recording everywhere, also where one side's consent would do. */
  readonly announceRecording?: boolean | undefined
}
