/** Kinds of events by what they are about, in the order of the alphabet; `booking.confirmed` is about bookings. */
export function kindsByNoun(kinds: readonly string[]): readonly { readonly noun: string; readonly kinds: readonly string[] }[] {
  const nouns = new Map<string, string[]>()
  for (const kind of kinds.toSorted()) {
    const noun = kind.split('.')[0] ?? kind
    nouns.set(noun, [...(nouns.get(noun) ?? []), kind])
  }
  return [...nouns].map(([noun, of]) => ({ noun, kinds: of }))
}
