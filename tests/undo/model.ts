/**
 * What should stand on the cards of a business, as a pure function of what was done there. Each act is written down as what it changed when it was done. Whoever takes an act back
 * leaves the others as they are, so what should be there is what the others do without it.
 */

export const carried = ['tags', 'lists', 'emails', 'phones', 'notes', 'leads', 'bookings'] as const
export type Carried = (typeof carried)[number]
export const fields = ['name', 'companyRole', 'zone', 'company', 'level'] as const
export type Field = (typeof fields)[number]

export type Effect =
  | { readonly what: 'made'; readonly card: string }
  | { readonly what: 'set'; readonly card: string; readonly field: Field; readonly value: string | null }
  | { readonly what: 'carry'; readonly card: string; readonly kind: Carried; readonly name: string; readonly on: boolean }
  /** `takes` are the fields in which the contact that stays says what the other one says, where that one says anything. */
  | { readonly what: 'merge'; readonly survivor: string; readonly merged: string; readonly takes: readonly Field[] }

/** One act; of one that was taken back, `effects` are those that stayed. */
export type Act = { effects: readonly Effect[]; readonly by: 'human' | 'import' | 'bulk' | 'merge'; undone: boolean }

export type Card = { readonly fields: Record<Field, string | null>; readonly carried: Readonly<Record<Carried, ReadonlySet<string>>> }
type Held = { readonly fields: Record<Field, string | null>; readonly carried: Record<Carried, Set<string>> }
export type World = { readonly cards: ReadonlyMap<string, Card>; readonly into: ReadonlyMap<string, string> }

const nobody = (): Held => ({
  fields: { name: null, companyRole: null, zone: null, company: null, level: null },
  carried: Object.fromEntries(carried.map((kind) => [kind, new Set<string>()])) as Record<Carried, Set<string>>,
})

/** What these acts make of nothing. */
export function replay(acts: readonly Act[]): World {
  const cards = new Map<string, Held>()
  const into = new Map<string, string>()
  const held = (card: string): Held => {
    const known = cards.get(card)
    if (!known) throw new Error(`Nobody made ${card}.`)
    return known
  }
  for (const effect of acts.flatMap(({ effects }) => effects)) {
    switch (effect.what) {
      case 'made':
        cards.set(effect.card, nobody())
        break
      case 'set':
        held(effect.card).fields[effect.field] = effect.value
        break
      case 'carry':
        held(effect.card).carried[effect.kind][effect.on ? 'add' : 'delete'](effect.name)
        break
      case 'merge': {
        const [survivor, merged] = [held(effect.survivor), held(effect.merged)]
        for (const field of effect.takes) survivor.fields[field] = merged.fields[field] ?? survivor.fields[field]
        for (const [other, whole] of into) if (whole === effect.merged) into.set(other, effect.survivor)
        into.set(effect.merged, effect.survivor)
      }
    }
  }
  return { cards, into }
}

/** Which card an id leads to. */
export const wholeOf = ({ into }: World, card: string): string => into.get(card) ?? card

/** The cards that are one contact now, the one that stays first. */
export const partsOf = (world: World, card: string): readonly string[] => {
  const whole = wholeOf(world, card)
  return [whole, ...[...world.into].flatMap(([merged, survivor]) => (survivor === whole ? [merged] : []))]
}

/** What her page shows: what the card that stays says, and what hangs on all of them. */
export function pageOf(world: World, card: string): Card {
  const parts = partsOf(world, card).flatMap((part) => world.cards.get(part) ?? [])
  const [whole] = parts
  if (!whole) throw new Error(`There is no ${card}.`)
  return {
    fields: whole.fields,
    carried: Object.fromEntries(carried.map((kind) => [kind, new Set(parts.flatMap((part) => [...part.carried[kind]]))])) as never,
  }
}

/** Whether somebody besides these parts of one contact has a number. */
export const isShared = (world: World, card: string, phone: string): boolean => {
  const parts = partsOf(world, card)
  return [...world.cards].some(([other, { carried: own }]) => !parts.includes(other) && own.phones.has(phone))
}
