/** What the address of the outbox says: which mails are listed, and how the open one is shown. */
export type OutboxSearch = { readonly list?: 'not_configured' | 'failed' | 'sent'; readonly view?: 'text' | 'headers' }

/** The lists of the outbox, in order. */
export const outboxLists = ['all', 'not_configured', 'failed', 'sent'] as const
export type OutboxList = (typeof outboxLists)[number]

/** Reads the address; what makes no sense is left out. */
export function readOutboxSearch(search: Readonly<Record<string, unknown>>): OutboxSearch {
  const list = outboxLists.find((one) => one === search.list)
  return {
    ...(list && list !== 'all' ? { list } : {}),
    ...(search.view === 'text' || search.view === 'headers' ? { view: search.view } : {}),
  }
}
