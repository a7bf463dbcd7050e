/** What the address of the inbox says. */
export type InboxSearch = {
  /** Which conversations are listed; open ones where it is left out. */
  readonly status?: 'waiting' | 'snoozed' | 'resolved' | 'all'
  /** The answer is being written: the box takes the focus. */
  readonly reply?: true
}

/** The lists of the inbox, in order. */
export const inboxLists = ['open', 'waiting', 'snoozed', 'resolved', 'all'] as const
export type InboxList = (typeof inboxLists)[number]

/** Reads the address; what makes no sense is left out. */
export function readInboxSearch(search: Readonly<Record<string, unknown>>): InboxSearch {
  const status = inboxLists.find((one) => one === search.status)
  return {
    ...(status && status !== 'open' ? { status } : {}),
    ...(search.reply === true || search.reply === 'true' ? { reply: true } : {}),
  }
}
