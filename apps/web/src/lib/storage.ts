/**
 * The browser's own storage, which may be full, refused or missing (private windows, strict settings). What is kept here is a convenience, so a refusal is
 * no error: reading gives nothing and writing says `false`.
 */
export function kept(key: string, storage = safeStorage()): string | undefined {
  try {
    return storage?.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps a text under a key; `undefined` forgets it. Says whether it worked. */
export function keep(key: string, value: string | undefined, storage = safeStorage()): boolean {
  try {
    if (value === undefined) storage?.removeItem(key)
    else storage?.setItem(key, value)
    return storage !== undefined
  } catch {
    return false
  }
}

function safeStorage(): Storage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}
