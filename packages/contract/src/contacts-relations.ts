import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { relationKinds } from './ties.ts'
import { Instant, Line } from './values.ts'

export const RelationKind = z.enum(relationKinds).meta({ id: 'RelationKind' })
export type RelationKind = z.output<typeof RelationKind>

/**
 * How a contact is related to another one, as seen from her page. `forward`: she is the one of whom the kind is said (the parent, not the child). `words` is what the business calls it from here
 * (“mother of”), `wordsBack` from the other’s page (“daughter of”); null where the kind’s own words say it.
 */
export const Relation = z
  .object({
    id: z.uuid(),
    version: z.int(),
    contactId: idOf('contact'),
    other: z.object({ id: idOf('contact'), name: z.string(), archivedAt: Instant.nullable() }),
    kind: RelationKind,
    forward: z.boolean(),
    words: z.string().nullable(),
    wordsBack: z.string().nullable(),
    createdAt: Instant,
    removedAt: Instant.nullable(),
  })
  .meta({ id: 'Relation' })
export type Relation = z.output<typeof Relation>

const contactParams = z.strictObject({ contactId: idOf('contact') })
const params = z.strictObject({ contactId: idOf('contact'), relationId: z.uuid() })
const words = Line(60).nullish()
const wording = { kind: RelationKind, forward: z.boolean().default(true), words, wordsBack: words } as const
const ownNeedsWords = (said: { kind: RelationKind; words?: string | null | undefined; wordsBack?: string | null | undefined }) =>
  said.kind !== 'own' || said.words != null || said.wordsBack != null
const saying = { path: ['words'], error: 'Say what they are to each other.' }

export const AddRelationBody = z.strictObject({ otherId: idOf('contact'), ...wording }).refine(ownNeedsWords, saying)
export const EditRelationBody = z.strictObject(wording).refine(ownNeedsWords, saying)

export const relationRoutes = routes({
  'GET /contacts/{contactId}/relations': {
    summary: 'Who a contact is related to, in both directions',
    description: 'Where you see your own contacts only, relations to others are left out.',
    access: 'member',
    params: contactParams,
    answer: z.object({ items: z.array(Relation) }),
  },
  'POST /contacts/{contactId}/relations': {
    summary: 'Say how two contacts are related',
    access: 'member',
    params: contactParams,
    body: AddRelationBody,
    status: 201,
    answer: Relation,
    refusals: ['contacts/already-related'],
  },
  'PATCH /contacts/{contactId}/relations/{relationId}': {
    summary: 'Change what two contacts are to each other',
    access: 'member',
    params,
    body: EditRelationBody,
    answer: Relation,
    ifMatch: true,
    refusals: ['contacts/already-related'],
  },
  'DELETE /contacts/{contactId}/relations/{relationId}': {
    summary: 'Remove a relation; it can be undone',
    access: 'member',
    params,
    answer: Relation,
  },
  'POST /contacts/{contactId}/relations/{relationId}/restore': {
    summary: 'Bring a removed relation back',
    access: 'member',
    params,
    answer: Relation,
    refusals: ['contacts/already-related'],
  },
})
