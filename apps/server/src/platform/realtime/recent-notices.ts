/** How long what happened is kept for who is about to listen: a browser draws its first screen before its stream is open. */
const KEPT_MS = 15_000
/** More of one workspace than this are not told one by one. */
const MOST_KEPT = 100

/** What was told to the streams of each workspace in the last seconds. */
export class RecentNotices {
  readonly #kept = new Map<string, { readonly texts: { readonly atMs: number; readonly text: string }[]; fullUntilMs: number }>()

  /** Keeps the text of a notice. `atMs` comes from a clock that only goes forward. */
  keep(workspaceId: string, text: string, atMs: number): void {
    const kept = this.#kept.get(workspaceId) ?? { texts: [], fullUntilMs: 0 }
    this.#kept.set(workspaceId, kept)
    kept.texts.push({ atMs, text })
    if (kept.texts.length <= MOST_KEPT) return
    kept.texts.shift()
    kept.fullUntilMs = atMs + KEPT_MS
  }

  /** The texts of the last seconds, oldest first; `undefined` where there were too many to keep. */
  of(workspaceId: string, nowMs: number): readonly string[] | undefined {
    this.forget(nowMs)
    const kept = this.#kept.get(workspaceId)
    if (!kept) return []
    return kept.fullUntilMs > nowMs ? undefined : kept.texts.map(({ text }) => text)
  }

  /** Lets go of what is old. */
  forget(nowMs: number): void {
    for (const [workspaceId, { texts }] of this.#kept) {
      while (texts[0] && texts[0].atMs <= nowMs - KEPT_MS) texts.shift()
      if (texts.length === 0) this.#kept.delete(workspaceId)
    }
  }
}
