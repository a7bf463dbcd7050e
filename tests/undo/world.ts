/** A business in which people are edited, merged, imported and changed in bulk, each act through its own door and written down for the model. */
import { addNote } from '../../apps/server/src/modules/contacts/index.ts'
import { bookAppointment } from '../../apps/server/src/modules/scheduling/index.ts'
import { type ListDesk, listDesk } from '../imports/house.ts'
import type { Json, TestHouse } from '../rights/scenario.ts'
import { type Act, type Card, type Carried, type Effect, type Field, pageOf, partsOf, replay, type World, wholeOf } from './model.ts'

export const tagNames = ['vip', 'new', 'late'] as const

export type NewPerson = {
  readonly name: string
  readonly role: string | null
  readonly level: string | null
  readonly company: string | null
  readonly tags: readonly string[]
  readonly phone: number | null
  readonly life: boolean
}
/** One row of a list: about somebody who is here, by one of her addresses, or about somebody new. */
export type ListedPerson = {
  readonly who: number
  readonly fresh: boolean
  readonly name: string
  readonly role: string | null
  readonly level: string | null
  readonly company: string | null
  readonly tag: string | null
  readonly phone: number | null
  readonly note: boolean
}

/** One act with the number by which it is taken back. */
export type Done = Act & {
  readonly id: string
  /** All that it changed, whatever was taken back since. */
  readonly all: readonly Effect[]
  readonly made: readonly string[]
  /** About whom a list said anything. */
  readonly about: ReadonlySet<string>
}

export type UndoWorld = Awaited<ReturnType<typeof undoWorld>>

let worlds = 0

/** A business with a list, a field and some tags. */
export type UndoPlace = { readonly desk: ListDesk; readonly listId: string }

/** Opens one. */
export async function undoPlace(house: TestHouse): Promise<UndoPlace> {
  const desk = await listDesk(house)
  const { owner } = desk.place.as
  await house.call(owner, 'POST', '/contact-fields', { label: 'Level', type: 'text', category: 'preference', filter: true })
  const { json: list } = await house.call(owner, 'POST', '/lists', { name: 'Fair' })
  // The first pipeline is made when somebody looks for it, which is nothing that an act did.
  await house.call(owner, 'GET', '/pipelines')
  for (const tag of tagNames)
    await house.test.asSuperuser(
      'insert into tag (workspace_id, id, name, name_folded, created_at) values ($1, gen_random_uuid(), $2, $2, now())',
      [desk.place.workspaceId, tag],
    )
  return { desk, listId: list.id }
}

/** People there, and what can be done with them. */
export async function undoWorld(house: TestHouse, { desk, listId }: UndoPlace, people: readonly NewPerson[]) {
  worlds += 1
  const world = worlds
  const { place } = desk
  const acts: Done[] = []
  const cards: string[] = []
  let count = 0
  const next = () => {
    count += 1
    return count
  }
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object, version?: number): Promise<Json> => {
    const headers = version === undefined ? undefined : { 'if-match': `"${version}"` }
    const { status, json } = await house.call(place.as.owner, method, url, body, headers)
    // Whoever looks at every page after every step asks more than anybody does; the minute goes by.
    if (status === 429) {
      house.test.clock.advance({ seconds: json.retryAfterSeconds })
      return call(method, url, body, version)
    }
    if (status >= 300) throw new Error(`${method} ${url}: ${status} ${JSON.stringify(json)}`)
    return json
  }
  const phoneOf = (digit: number): string =>
    `+1${['212', '646', '718', '917'][Math.floor(world / 900) % 4]}555${String(1000 + (world % 900) * 10 + digit)}`
  const newEmail = (): string => `p${next()}@w${world}.example`
  const modelled = (): World => replay(acts)
  /** Ids of those who are there as contacts of their own. */
  const wholes = (): readonly string[] => {
    const now = modelled()
    return cards.filter((card) => now.cards.has(card) && wholeOf(now, card) === card)
  }
  const chosen = (pick: number): string => {
    const all = wholes()
    return all[pick % all.length] as string
  }
  const version = async (card: string): Promise<number> => (await call('GET', `/contacts/${card}`)).version
  const record = (
    by: Act['by'],
    effects: readonly Effect[],
    id = '',
    { made = [], about = new Set() }: { made?: readonly string[]; about?: ReadonlySet<string> } = {},
  ): void => void acts.push({ by, effects, all: effects, undone: false, id, made, about })
  const carry = (card: string, kind: Carried, name: string, on = true): Effect => ({ what: 'carry', card, kind, name, on })
  /** A company is one however its name is written. */
  const said = (field: Field, value: string | null) => (field === 'company' && value !== null ? value.toLowerCase() : value)
  const set = (card: string, field: Field, value: string | null): Effect => ({ what: 'set', card, field, value: said(field, value) })
  /** Time goes on between two acts, as it does. */
  const later = (): void => house.test.clock.advance({ seconds: 1 })

  for (const { name, role, level, company, tags, phone, life } of people) {
    later()
    const email = newEmail()
    const points = [{ kind: 'email', value: email }, ...(phone === null ? [] : [{ kind: 'phone', value: phoneOf(phone), shared: true }])]
    const { id } = await call('POST', '/contacts', { name, companyRole: role, company, tags, points, fields: { level } })
    cards.push(id)
    record('human', [
      { what: 'made', card: id },
      ...Object.entries({ name, companyRole: role, level, company }).map(([field, value]) => set(id, field as Field, value)),
      ...tags.map((tag) => carry(id, 'tags', tag)),
      carry(id, 'emails', email),
      ...(phone === null ? [] : [carry(id, 'phones', phoneOf(phone))]),
    ])
    if (life) await live(id)
  }
  // A number that one alone has is no shared one.
  await house.test.asSuperuser(
    `update contact_point p set shared = false where workspace_id = $1 and not exists (
      select from contact_point o where o.workspace_id = p.workspace_id and o.value_normalized = p.value_normalized and o.id <> p.id)`,
    [place.workspaceId],
  )
  /** A note, an appointment and a lead. */
  async function live(card: string): Promise<void> {
    await note(card)
    await book(card)
    if (pageOf(modelled(), card).carried.leads.size > 0) return
    const lead = await call('POST', '/leads', { contactId: card, title: `Wish ${next()}` })
    record('human', [carry(card, 'leads', lead.id)])
  }
  async function note(card: string): Promise<void> {
    const body = `Said ${next()}`
    await place.inside((tx) => addNote(tx, place.owner, { contactId: card as never, body }))
    record('human', [carry(card, 'notes', body)])
  }
  async function book(card: string): Promise<void> {
    const wish = { note: null, placeDetail: null, source: 'member', outsideHours: true, quiet: true, holdMinutes: null }
    const start = house.test.clock().add({ hours: 24 + next() * 2 })
    const booked = await place.inside((tx) =>
      bookAppointment(tx, place.owner, { ...wish, serviceId: place.service.id, who: { contactId: card }, start } as never),
    )
    record('human', [carry(card, 'bookings', booked.id)])
  }
  async function edit(card: string, field: Field): Promise<void> {
    const value = field === 'zone' ? 'Asia/Tokyo' : `By hand ${next()}`
    if (pageOf(modelled(), card).fields[field] === value) return
    await call('PATCH', `/contacts/${card}`, field === 'level' ? { fields: { level: value } } : { [field]: value }, await version(card))
    record('human', [set(card, field, value)])
  }
  async function addEmail(card: string): Promise<void> {
    const now = await call('GET', `/contacts/${card}`)
    const email = newEmail()
    const points = now.points.map(({ id, kind, value, label, preferred, shared }: Json) => ({ id, kind, value, label, preferred, shared }))
    await call('PATCH', `/contacts/${card}`, { points: [...points, { kind: 'email', value: email }] }, now.version)
    record('human', [carry(card, 'emails', email)])
  }
  /** Puts a tag on or takes it off. Of somebody who is several cards only on: whose tag it was that is taken off nobody could say. */
  async function tag(card: string, name: string): Promise<void> {
    const now = await call('GET', `/contacts/${card}`)
    const on = !now.tags.includes(name)
    if (!on && partsOf(modelled(), card).length > 1) return
    const tags = on ? [...now.tags, name] : now.tags.filter((each: string) => each !== name)
    await call('PATCH', `/contacts/${card}`, { tags }, now.version)
    record('human', [carry(card, 'tags', name, on)])
  }
  async function list(card: string): Promise<void> {
    const on = !pageOf(modelled(), card).carried.lists.has(listId)
    if (!on && partsOf(modelled(), card).length > 1) return
    await call(on ? 'PUT' : 'DELETE', `/contacts/${card}/lists/${listId}`)
    record('human', [carry(card, 'lists', listId, on)])
  }
  async function bulk(whom: readonly string[] | 'all', what: 'tags' | 'lists', name: string, on: boolean): Promise<void> {
    const now = modelled()
    const asked = whom === 'all' ? wholes() : whom
    const meant = on ? asked : asked.filter((card) => partsOf(now, card).length === 1)
    if (meant.length === 0 || (whom === 'all' && !on && meant.length < asked.length)) return
    const act =
      what === 'tags' ? { act: on ? 'add_tag' : 'remove_tag', tag: name } : { act: on ? 'add_to_list' : 'remove_from_list', listId }
    const change = await call('POST', '/contacts/bulk', {
      what: act,
      who: whom === 'all' ? { filter: { all: [] } } : { contactIds: meant },
    })
    await house.background.settle()
    const key = what === 'tags' ? name : listId
    const changed = meant.filter((card) => pageOf(now, card).carried[what].has(key) !== on)
    record(
      'bulk',
      changed.map((card) => carry(card, what, key, on)),
      change.id,
    )
  }
  async function merge(survivor: string, merged: string, picks: readonly number[]): Promise<void> {
    if (survivor === merged) return
    const preview = await call('GET', `/contacts/${survivor}/merge/${merged}`)
    const take: Record<string, string> = Object.fromEntries(
      preview.fields.map(({ field, choices }: Json, at: number) => [field, choices[(picks[at % picks.length] ?? 0) % choices.length]]),
    )
    const done = await call('POST', `/contacts/${survivor}/merge`, {
      mergedId: merged,
      version: preview.survivor.version,
      mergedVersion: preview.merged.version,
      take,
    })
    const others = preview.fields.flatMap(({ field, survivor: own, merged: other }: Json) =>
      take[field] === 'merged' && own !== other ? [{ field: (field === 'own.level' ? 'level' : field) as Field, value: other }] : [],
    )
    const taken = (what: 'something' | 'nothing') =>
      others.flatMap(({ field, value }: Json) => ((value === null) === (what === 'nothing') ? [field] : [])) as Field[]
    const effects: Effect[] = [
      ...taken('nothing').map((field) => set(survivor, field, null)),
      { what: 'merge', survivor, merged, takes: taken('something') },
    ]
    record('merge', effects, done.merge.id)
  }

  /** Brings a list; what it should change follows from its rules. */
  async function bring(rows: readonly ListedPerson[], rule: 'fill' | 'overwrite'): Promise<void> {
    const before = modelled()
    const known = new Map<string, Card>()
    const effects: Effect[] = []
    const lines: string[] = []
    const fresh: { readonly email: string; readonly at: number; readonly effects: Effect[] }[] = []
    const seen = new Set<string>()
    for (const row of rows) {
      const card = chosen(row.who)
      const emails = [...pageOf(before, card).carried.emails]
      const email = row.fresh ? newEmail() : (emails[row.who % emails.length] as string)
      const note = row.note ? `Came ${next()}` : null
      const cells = [row.name, email, row.role, row.level, row.company, row.tag, row.phone === null ? null : phoneOf(row.phone), note]
      lines.push(cells.map((cell) => cell ?? '').join(','))
      const values = { name: row.name, companyRole: row.role, level: row.level, company: row.company } as const
      const carries: [Carried, string | null][] = [
        ['tags', row.tag],
        ['phones', row.phone === null ? null : phoneOf(row.phone)],
        ['notes', note],
      ]
      if (row.fresh) {
        const own: Effect[] = []
        fresh.push({ email, at: effects.length, effects: own })
        for (const [field, value] of Object.entries(values)) own.push(set('', field as Field, value))
        for (const [kind, name] of [...carries, ['emails', email] as const]) if (name !== null) own.push(carry('', kind, name))
        continue
      }
      const page = known.get(card) ?? clone(pageOf(before, card))
      known.set(card, page)
      seen.add(card)
      for (const [field, cell] of Object.entries(values) as [Field, string | null][]) {
        const value = said(field, cell)
        if (value === null || page.fields[field] === value) continue
        if (rule === 'fill' && (field === 'name' || page.fields[field] !== null)) continue
        page.fields[field] = value
        effects.push(set(card, field, value))
      }
      for (const [kind, name] of carries) {
        if (name === null || page.carried[kind].has(name)) continue
        ;(page.carried[kind] as Set<string>).add(name)
        effects.push(carry(card, kind, name))
      }
    }
    const content = `Name,Email,Job Title,Level,Company,Tags,Phone,Note\n${lines.join('\n')}\n`
    const done = await desk.written(content, { rules: { all: rule }, matchBy: ['email'] })
    if (done.state !== 'finished') throw new Error(`The list is ${done.state}: ${JSON.stringify(done)}`)
    const made: string[] = []
    for (const { email, effects: own } of fresh) {
      const { rows: found } = await house.test.asSuperuser(
        'select contact_id from contact_point where workspace_id = $1 and value_normalized = $2',
        [place.workspaceId, email],
      )
      const id: string = found[0].contact_id
      made.push(id)
      cards.push(id)
      effects.push({ what: 'made', card: id }, ...own.map((effect) => ({ ...effect, card: id }) as Effect))
    }
    record('import', effects, done.id, { made, about: seen })
  }

  return {
    desk,
    house,
    place,
    acts,
    cards,
    call,
    later,
    modelled,
    wholes,
    chosen,
    listId,
    live,
    note,
    book,
    edit,
    addEmail,
    tag,
    list,
    bulk,
    merge,
    bring,
  }
}

const clone = ({ fields, carried }: Card): Card => ({
  fields: { ...fields },
  carried: Object.fromEntries(Object.entries(carried).map(([kind, names]) => [kind, new Set(names)])) as never,
})
