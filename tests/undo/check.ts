/** Takes acts back, and holds what people see against the model. */
import { differences, wholeWorkspace } from '../merge/whole-workspace.ts'
import type { Json } from '../rights/scenario.ts'
import { type Carried, carried, type Effect, isShared, pageOf, partsOf, replay, wholeOf } from './model.ts'
import type { Done, UndoWorld } from './world.ts'

const mentions = (effect: Effect): readonly string[] => (effect.what === 'merge' ? [effect.survivor, effect.merged] : [effect.card])

/** Whether anybody did anything with somebody whom a list made, other than what was taken back since. Who was merged was looked at by a person. */
const isTouched = ({ acts }: UndoWorld, list: Done, card: string): boolean =>
  acts.some(
    (act) =>
      act !== list &&
      (act.by === 'human' || act.by === 'merge' || !act.undone) &&
      (act.all.some((effect) => mentions(effect).includes(card) && stillDoes(acts, act, effect)) || act.about.has(card)),
  )

/** Whether an act still does what it did: who lost a tag in bulk that was hers by something that is taken back by now has lost nothing. */
const stillDoes = (acts: readonly Done[], act: Done, effect: Effect): boolean =>
  act.by !== 'bulk' ||
  effect.what !== 'carry' ||
  effect.on ||
  replay(acts.slice(0, acts.indexOf(act)))
    .cards.get(effect.card)
    ?.carried[effect.kind].has(effect.name) === true

/** Whether a merge can be undone now: the later ones of the same people come first. */
function isLast({ acts }: UndoWorld, merge: Done): boolean {
  const own = merge.all.find((effect) => effect.what === 'merge')
  return acts
    .slice(acts.indexOf(merge) + 1)
    .every((act) => act.by !== 'merge' || act.undone || !act.all.some((effect) => own && mentions(effect).includes(own.survivor)))
}

/** Takes an act back by its own door, and out of the model. Of merges that others are built on, it is seen that they are refused. Answers whether it is taken back. */
export async function takeBack(world: UndoWorld, act: Done): Promise<boolean> {
  const { house, place } = world
  world.later()
  if (act.by === 'merge') {
    const { status, json } = await house.call(place.as.owner, 'POST', `/merges/${act.id}/undo`, { give: [] })
    const expected = isLast(world, act)
    if ((status === 200) !== expected) throw new Error(`Undoing a merge answers ${status}: ${JSON.stringify(json)}`)
    if (!expected) return false
  } else await world.call('POST', act.by === 'import' ? `/imports/${act.id}/undo` : `/bulk-changes/${act.id}/undo`)
  const failed = (await house.background.settle()).filter(({ outcome }) => outcome === 'failed')
  if (failed.length > 0) throw failed[0]?.error
  const kept = act.made.filter((card) => isTouched(world, act, card))
  act.effects = act.effects.filter((effect) => effect.what !== 'merge' && kept.includes(effect.card))
  act.undone = true
  // Nothing is said about somebody who is gone.
  const gone = act.made.filter((card) => !kept.includes(card))
  for (const other of world.acts) other.effects = other.effects.filter((effect) => !mentions(effect).some((card) => gone.includes(card)))
  const now = world.modelled()
  for (const card of act.made) if (!now.cards.has(card)) world.cards.splice(world.cards.indexOf(card), 1)
  return true
}

/** What the pages of everybody show that they should not, card by card: nothing. */
export async function wrongPages(world: UndoWorld): Promise<readonly object[]> {
  const { call, house, place, cards } = world
  const model = world.modelled()
  const wrong: object[] = []
  const gone = world.acts.flatMap(({ made }) => made).filter((card) => !model.cards.has(card))
  for (const card of gone) {
    const { status } = await house.call(place.as.owner, 'GET', `/contacts/${card}`)
    if (status !== 404) wrong.push({ card, shown: status, expected: 404 })
  }
  const look = async (card: string): Promise<void> => {
    const whole = wholeOf(model, card)
    const page = pageOf(model, card)
    const shown: Json = await call('GET', `/contacts/${card}`)
    const found: Record<Carried, readonly string[]> = {
      tags: shown.tags,
      emails: shown.points.flatMap(({ kind, value }: Json) => (kind === 'email' ? value : [])),
      phones: shown.points.flatMap(({ kind, value }: Json) => (kind === 'phone' ? value : [])),
      lists: (await call('GET', `/contacts/${card}/lists`)).items.map(({ id }: Json) => id),
      notes: (await call('GET', `/contacts/${card}/notes?limit=100`)).items.map(({ body }: Json) => body),
      leads: await idsOf(world, 'lead', [whole]),
      bookings: await idsOf(world, 'booking', [whole]),
    }
    const view = {
      id: shown.id,
      fields: { ...page.fields, ...fieldsOf(shown) },
      carried: Object.fromEntries(carried.map((kind) => [kind, [...found[kind]].toSorted()])),
      shared: shown.points.flatMap(({ shared, value }: Json) => (shared ? value : [])).toSorted(),
      open: (await call('GET', `/leads?contactId=${card}&state=open`)).items.length,
      preferred: shown.points.filter(({ preferred }: Json) => preferred).length,
      timeline: (await call('GET', `/contacts/${card}/timeline?limit=200`)).items.map(({ id }: Json) => id).toSorted(),
    }
    const expected = {
      id: whole,
      fields: page.fields,
      carried: Object.fromEntries(carried.map((kind) => [kind, [...page.carried[kind]].toSorted()])),
      shared: [...page.carried.phones].filter((phone) => isShared(model, card, phone)).toSorted(),
      open: Math.min(page.carried.leads.size, 1),
      preferred: Math.min(page.carried.emails.size, 1) + Math.min(page.carried.phones.size, 1),
      timeline: (await idsOf(world, 'timeline_event', partsOf(model, card))).toSorted(),
    }
    for (const key of Object.keys(expected) as (keyof typeof expected)[])
      if (JSON.stringify(view[key]) !== JSON.stringify(expected[key])) wrong.push({ card, key, shown: view[key], expected: expected[key] })
  }
  await Promise.all(cards.map(look))
  return wrong
}

const fieldsOf = (shown: Json) => ({
  name: shown.name,
  companyRole: shown.companyRole,
  zone: shown.zone,
  company: shown.company?.name.toLowerCase() ?? null,
  level: shown.fields.level ?? null,
})

async function idsOf({ house }: UndoWorld, table: 'booking' | 'lead' | 'timeline_event', contacts: readonly string[]): Promise<string[]> {
  const { rows } = await house.test.asSuperuser(`select id from "${table}" where contact_id = any ($1)`, [contacts])
  return rows.map(({ id }) => id)
}

/** The books of what was brought and changed in bulk, and of files; and what is looked at anew after each change. */
const books = [
  'standing_answer',
  'import',
  'import_row',
  'import_mapping',
  'bulk_change',
  'bulk_change_row',
  'file',
  'file_subject',
  'segment_count',
  'mail',
]

/** Every state table as it is. */
export const pictureOf = ({ house, place }: UndoWorld) => wholeWorkspace(house.test, place.workspaceId, { besides: books })

/** What differs from an earlier picture of rows about cards that no person touched since. `since` is how many acts there were. */
export function strayed(
  world: UndoWorld,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  since: number,
) {
  const touched = new Set(world.acts.slice(since).flatMap((act) => (act.by === 'human' ? act.effects.flatMap(mentions) : [])))
  const kept = world.acts.flatMap(({ made, undone }) => (undone ? made : [])).filter((card) => world.modelled().cards.has(card))
  const named = [...touched, ...kept]
  return differences(before, after).filter(
    (one) =>
      // What a person wrote, or left to those who stay, names one of these.
      !named.some((card) => `${one.key} ${one.before} ${one.after}`.includes(card)) &&
      !(named.length > 0 && /^(company|tag|booking|lead|permit|reminder|claim)/.test(one.key)) &&
      // A number may rightly be shared with one who stays; the pages say whether it is.
      !(kept.length > 0 && one.key.startsWith('contact_point ')),
  )
}
