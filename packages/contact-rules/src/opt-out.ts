/**
 * How far an opt-out reaches, as the person meant it. None of them stops `legal`.
 *
 * | scope | from | stops |
 * |---|---|---|
 * | `marketing` | unsubscribe link, "no more offers" | `feedback` and `marketing` on every channel; nothing she booked |
 * | `texts` | STOP by text, "stop" to an assistant on the phone | all texts, all calls by a machine's voice or dialer, and `marketing` by phone |
 * | `calls` | "don't call me" | every outgoing call but a callback she asked for afterwards |
 * | `channel` | the switch of one channel | everything on that channel |
 * | `all` | "leave me alone" | everything |
 */
export const optOutScopes = ['marketing', 'texts', 'calls', 'channel', 'all'] as const
export type OptOutScope = (typeof optOutScopes)[number]

/** What somebody's own words ask for; `channel` is the one they came by. `sure` is false where a person should look: the opt-out is applied first and can be taken back. */
export type OptOutReading =
  | { readonly wish: 'stop'; readonly scope: OptOutScope; readonly sure: boolean }
  | { readonly wish: 'start' }
  | { readonly wish: 'help' }
