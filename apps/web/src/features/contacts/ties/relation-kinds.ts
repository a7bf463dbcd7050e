import { mutualRelations, relationKinds } from '@frontdesk/contract/ties'
import type { Relation, RelationKind } from './queries.ts'
import type { TiesTranslator } from './words.ts'

/** A kind and the side from which it is said. */
export type Said = { readonly kind: RelationKind; readonly forward: boolean }

const isTwoSided = (kind: RelationKind): boolean => kind !== 'own' && !mutualRelations.has(kind)

/** Everything that can be said of one contact to another, as one list. */
export const sayings: readonly Said[] = relationKinds.flatMap((kind) =>
  isTwoSided(kind)
    ? [
        { kind, forward: true },
        { kind, forward: false },
      ]
    : [{ kind, forward: true }],
)

/** How a choice of the list is named in a form. */
export const keyOfSaid = ({ kind, forward }: Said): string => `${kind}.${forward || !isTwoSided(kind) ? 'of' : 'back'}`

/** The words of a kind from one side. */
export const sayKind = (said: Said, t: TiesTranslator): string => t(`kind/${keyOfSaid(said)}` as 'kind/parent.of')

/** What stands before the other's name. */
export const sayRelation = (relation: Relation, t: TiesTranslator): string => {
  if (relation.words !== null) return relation.words
  if (relation.kind === 'own' && relation.wordsBack !== null) return t('theyCall', { name: relation.other.name, words: relation.wordsBack })
  return sayKind(relation, t)
}
