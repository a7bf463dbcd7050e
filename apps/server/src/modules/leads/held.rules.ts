import type { HoldReason } from '@frontdesk/contract'

export type HoldFacts = {
  /** The field that people do not see was filled in. */
  readonly trapped: boolean
  /** Everything that was typed. */
  readonly texts: readonly string[]
  readonly name: string
  /** More came from this network to this form than people send. */
  readonly flooding: boolean
  /** How often the same page was sent with other content before. */
  readonly sameToken: number
}

/** People name a site or two; whoever sells links sends more. */
const mostLinks = 2
/** Whoever corrects herself sends a page again, and not over and over. */
const mostCorrections = 3

/** Why a form that was sent waits for a person to look at it: nothing is thrown away on a guess. */
export function reasonsToHold({ trapped, texts, name, flooding, sameToken }: HoldFacts): readonly HoldReason[] {
  const links = texts.reduce((sum, text) => sum + (text.match(/https?:\/\/|www\./gi)?.length ?? 0), 0)
  const markup = texts.some((text) => /<a\s|\[url[=\]]|\[link[=\]]/i.test(text))
  return [
    ...(trapped ? (['trap'] as const) : []),
    ...(links > mostLinks || /https?:\/\/|www\./i.test(name) ? (['links'] as const) : []),
    ...(markup ? (['markup'] as const) : []),
    ...(flooding ? (['flood'] as const) : []),
    ...(sameToken >= mostCorrections ? (['repeated'] as const) : []),
  ]
}
