import type { ContactId, ContactPointId, FieldValue, ImportRule } from '@frontdesk/contract'
import type { PointKind } from '../contact-point.rules.ts'
import { sameValue } from '../fields/field-value.rules.ts'
import { foldText } from '../fold-text.ts'
import type { RowChange, RowOutcome } from './import.tables.ts'
import type { Screened } from './import-screen.ts'
import type { Incoming, IncomingPoint } from './incoming.rules.ts'
import type { ListRow } from './read-list.ts'

/** A number or address of somebody, there or about to be. */
export type DraftPoint = {
  readonly id: ContactPointId
  readonly kind: PointKind
  readonly value: string
  readonly asTyped: string
  readonly label: string | null
  readonly preferred: boolean
  readonly isNew: boolean
  shared: boolean
}

/** Somebody as she is, and as the rows of a batch make her. */
export type Draft = {
  readonly id: ContactId
  readonly isNew: boolean
  /** 0 for somebody new. */
  readonly version: number
  readonly archived: boolean
  /** An earlier row of this list was about her. */
  ofThisList: boolean
  name: string
  givenName: string | null
  familyName: string | null
  company: string | null
  /** Of the company she is with already. */
  readonly companyId: string | null
  companyRole: string | null
  locale: string | null
  zone: string | null
  own: Readonly<Record<string, FieldValue>>
  /** By their folded names. */
  readonly tags: Map<string, string>
  readonly points: DraftPoint[]
  readonly notes: { readonly id: string; readonly body: string }[]
  /** What she said before, field by field, of what is another one now. */
  readonly before: Map<string, unknown>
}

/** Who is here already: by kind and value of a point, in the order in which one is preferred. */
export type Known = {
  readonly holders: ReadonlyMap<string, readonly Draft[]>
  /** Bodies of notes that somebody has. */
  readonly notes: ReadonlyMap<ContactId, ReadonlySet<string>>
}

export type PlanSettings = {
  readonly matchBy: readonly ('email' | 'phone')[]
  readonly rules: Readonly<Record<string, ImportRule>>
  readonly newId: () => string
}

/** What becomes of one row. */
export type PlannedRow = {
  readonly row: ListRow
  readonly outcome: RowOutcome
  readonly stopped: boolean
  readonly draft: Draft | undefined
  readonly change: RowChange | null
  /** Names of what is another one now: `name`, `points`, `own.colour`. */
  readonly fields: readonly string[]
  /** Points that she did not have. */
  readonly arriving: readonly DraftPoint[]
  /** Ids of numbers of others that are shared from now on. */
  readonly sharing: readonly string[]
  readonly reasons: readonly string[]
}

/** By what a number or address is looked up. */
export const pointKey = ({ kind, value }: Pick<IncomingPoint, 'kind' | 'value'>): string => `${kind} ${value}`
const mostPoints = 40

/** Decides what becomes of the rows of a batch, one after the other: whom each is about, and what of her it changes. Reads nothing and writes nothing. */
export function planBatch(
  rows: readonly ListRow[],
  screened: readonly Screened[],
  known: Known,
  settings: PlanSettings,
): readonly PlannedRow[] {
  const holders = new Map([...known.holders].map(([key, drafts]) => [key, [...drafts]]))
  return rows.map((row, place): PlannedRow => {
    const { incoming } = row
    const { verdict, stopped } = screened[place] ?? { verdict: null, stopped: false }
    const nobody = { row, stopped, draft: undefined, change: null, fields: [], arriving: [], sharing: [] } as const
    if (!incoming) return { ...nobody, outcome: 'invalid', stopped: false, reasons: [row.broken?.code ?? 'nobody'] }
    if (verdict) return { ...nobody, outcome: verdict, reasons: [verdict] }
    const found = whoIs(incoming, holders, settings.matchBy)
    const draft = found ?? draftFrom(incoming, settings.newId)
    const wasOfList = draft.ofThisList
    const applied = apply(draft, incoming, holders, known, settings, found === undefined)
    draft.ofThisList = true
    for (const point of draft.points) {
      const key = pointKey(point)
      const others = holders.get(key)
      if (others === undefined) holders.set(key, [draft])
      else if (!others.includes(draft)) others.push(draft)
    }
    const outcome = found === undefined ? 'created' : wasOfList ? 'duplicate' : applied.fields.length > 0 ? 'updated' : 'unchanged'
    return { row, outcome, stopped, draft, ...applied }
  })
}

/** An address names one person; a number may be a family's, so next to an address of its own it counts only where the name agrees. */
function whoIs(incoming: Incoming, holders: ReadonlyMap<string, readonly Draft[]>, matchBy: PlanSettings['matchBy']): Draft | undefined {
  const folded = foldText(incoming.name)
  const named = (drafts: readonly Draft[]) => drafts.find((draft) => foldText(draft.name) === folded)
  const hasEmail = incoming.points.some(({ kind }) => kind === 'email')
  for (const kind of matchBy) {
    for (const point of incoming.points) {
      if (point.kind !== kind) continue
      const found = holders.get(pointKey(point))
      if (found === undefined || found.length === 0) continue
      if (kind === 'email') return named(found) ?? found[0]
      const same = named(found)
      if (same) return same
      const isSure = !(hasEmail && matchBy.includes('email')) || !incoming.named
      if (isSure && found.length === 1) return found[0]
    }
  }
  return undefined
}

function draftFrom(incoming: Incoming, newId: () => string): Draft {
  return {
    id: newId() as ContactId,
    isNew: true,
    version: 0,
    archived: false,
    ofThisList: false,
    name: incoming.name,
    givenName: incoming.givenName,
    familyName: incoming.familyName,
    company: incoming.company,
    companyId: null,
    companyRole: incoming.companyRole,
    locale: incoming.locale,
    zone: incoming.zone,
    own: incoming.own,
    tags: new Map(),
    points: [],
    notes: [],
    before: new Map(),
  }
}

type Applied = Pick<PlannedRow, 'change' | 'fields' | 'arriving' | 'sharing' | 'reasons'>
const noPoints: readonly DraftPoint[] = []

function apply(
  draft: Draft,
  incoming: Incoming,
  holders: ReadonlyMap<string, readonly Draft[]>,
  known: Known,
  { rules, newId }: PlanSettings,
  isNew: boolean,
): Applied {
  const fields: Record<string, readonly [unknown, unknown]> = {}
  const set = (field: string, before: unknown, after: unknown) => {
    fields[field] = [before, after]
    if (!draft.before.has(field)) draft.before.set(field, before)
  }
  if (!isNew) applyFields(draft, incoming, rules, set)

  const reasons: string[] = []
  const sharing: string[] = []
  const pointsBefore = [...draft.points]
  const arriving = addPoints(draft, incoming.points, holders, newId, { reasons, sharing })
  if (arriving.length > 0 && !draft.before.has('points')) draft.before.set('points', pointsBefore)
  const tagsBefore = [...draft.tags.values()]
  const tags = incoming.tags.filter((tag) => !draft.tags.has(foldText(tag)))
  for (const tag of tags) draft.tags.set(foldText(tag), tag)
  if (tags.length > 0 && !draft.before.has('tags')) draft.before.set('tags', tagsBefore)
  const note = noteOf(draft, incoming, known, newId)

  const names = [
    ...Object.keys(fields),
    ...(arriving.length > 0 ? ['points'] : []),
    ...(tags.length > 0 ? ['tags'] : []),
    ...(note ? ['note'] : []),
  ]
  const shared = sharing.length > 0 ? { shared: sharing } : {}
  if (isNew) {
    const kept: RowChange = { ...shared, ...(note ? { note } : {}) }
    return { change: Object.keys(kept).length === 0 ? null : kept, fields: names, arriving, sharing, reasons }
  }
  const change: RowChange = {
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(arriving.length > 0 ? { points: arriving.map(({ id, value }) => [id, value] as const) } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...shared,
    ...(note ? { note } : {}),
  }
  return { change: names.length === 0 ? null : change, fields: names, arriving, sharing, reasons }
}

const plainFields = ['company', 'companyRole', 'locale', 'zone'] as const

function applyFields(
  draft: Draft,
  incoming: Incoming,
  rules: PlanSettings['rules'],
  set: (field: string, before: unknown, after: unknown) => void,
): void {
  const ruleOf = (field: string): ImportRule => rules[field] ?? rules.all ?? 'fill'
  const nameRule = ruleOf('name')
  const sameName = foldText(draft.name) === foldText(incoming.name)
  if (incoming.named && nameRule === 'overwrite' && draft.name !== incoming.name) {
    set('name', draft.name, incoming.name)
    draft.name = incoming.name
  }
  for (const part of ['givenName', 'familyName'] as const) {
    const value = incoming[part]
    if (value === null || draft[part] === value || !incoming.named) continue
    const fills = nameRule === 'fill' && draft[part] === null && sameName
    if (!fills && nameRule !== 'overwrite') continue
    set(part, draft[part], value)
    draft[part] = value
  }
  for (const field of plainFields) {
    const value = incoming[field]
    const before = draft[field]
    if (value === null || before === value) continue
    if (field === 'company' && before !== null && foldText(before) === foldText(value)) continue
    const rule = ruleOf(field)
    if (rule === 'keep' || (rule === 'fill' && before !== null)) continue
    set(field, before, value)
    draft[field] = value
  }
  let own: Record<string, FieldValue> | undefined
  for (const [key, value] of Object.entries(incoming.own)) {
    const before = draft.own[key] ?? null
    const rule = ruleOf(`own.${key}`)
    if (sameValue(before, value) || rule === 'keep' || (rule === 'fill' && before !== null)) continue
    set(`own.${key}`, before, value)
    own ??= { ...draft.own }
    own[key] = value
  }
  if (own) draft.own = own
}

function addPoints(
  draft: Draft,
  points: readonly IncomingPoint[],
  holders: ReadonlyMap<string, readonly Draft[]>,
  newId: () => string,
  { reasons, sharing }: { readonly reasons: string[]; readonly sharing: string[] },
): readonly DraftPoint[] {
  let added: DraftPoint[] | undefined
  for (const { kind, value, asTyped, label } of points) {
    if (draft.points.some((one) => one.kind === kind && one.value === value)) continue
    const others = (holders.get(pointKey({ kind, value })) ?? []).filter((other) => other !== draft)
    if (draft.points.length >= mostPoints) {
      reasons.push('too_many_points')
      continue
    }
    if (others.length > 0 && kind !== 'phone') {
      reasons.push(kind === 'email' ? 'email_of_other' : 'handle_of_other')
      continue
    }
    for (const other of others) {
      const same = other.points.find((one) => one.kind === kind && one.value === value)
      if (!same || same.shared) continue
      same.shared = true
      sharing.push(same.id)
    }
    const point: DraftPoint = {
      id: newId() as ContactPointId,
      kind,
      value,
      asTyped,
      label,
      preferred: !draft.points.some((one) => one.kind === kind && one.preferred),
      isNew: true,
      shared: others.length > 0,
    }
    draft.points.push(point)
    added ??= []
    added.push(point)
  }
  return added ?? noPoints
}

/** What a list says of somebody twice stands on her card once. */
function noteOf(draft: Draft, { note }: Incoming, known: Known, newId: () => string): string | undefined {
  if (note === null || known.notes.get(draft.id)?.has(note) || draft.notes.some(({ body }) => body === note)) return undefined
  const id = newId()
  draft.notes.push({ id, body: note })
  return id
}
