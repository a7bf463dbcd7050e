import type { FieldValue } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { ContactRow } from '../contacts.tables.ts'
import type { EditContact } from '../edit-contact.ts'
import { foldText } from '../fold-text.ts'
import { channelOf } from '../handle.rules.ts'
import { loadPoints, tagNames } from '../load-contact.ts'
import { nameOfCompany } from '../name-things.ts'
import type { NewPoint } from '../write-points.ts'

type Values = Readonly<Record<string, unknown>>

/** What a contact says now, field by field, in the shapes that the history keeps. Company, tags and addresses are read only where they are written. */
export async function valuesNow(
  tx: WorkspaceTx,
  contact: Selectable<ContactRow>,
  wish: Pick<EditContact, 'company' | 'tags' | 'points'>,
): Promise<Values> {
  return {
    name: contact.name,
    givenName: contact.given_name,
    familyName: contact.family_name,
    companyRole: contact.company_role,
    locale: contact.locale,
    zone: contact.zone,
    ownerMemberId: contact.owner_member_id,
    ...(wish.company === undefined ? {} : { company: await nameOfCompany(tx, contact.company_id) }),
    ...(wish.tags === undefined ? {} : { tags: (await tagNames(tx, contact.id)).toSorted() }),
    ...(wish.points === undefined
      ? {}
      : {
          points: inOrder(
            (await loadPoints(tx, contact.id)).map(({ kind, value_normalized, value_as_typed, label, preferred, shared }) => ({
              kind,
              ...channelOf(kind, value_normalized),
              value: value_as_typed,
              label,
              preferred,
              shared,
            })),
          ),
        }),
    ...ownFields(contact.own_values),
  }
}

export type Wished = Pick<
  EditContact,
  'name' | 'givenName' | 'familyName' | 'locale' | 'zone' | 'company' | 'companyRole' | 'ownerMemberId' | 'tags'
> & {
  readonly points: readonly NewPoint[] | undefined
  readonly own: Readonly<Record<string, FieldValue | null>>
}

/** What is wished for in the same shapes; what is left out is left out. A company or tag of another spelling is the one that is there. */
export function valuesWished(wish: Wished, before: Values): Values {
  const { name, givenName, familyName, locale, zone, company, companyRole, ownerMemberId, tags, points, own } = wish
  const known = new Map([before.company, ...(Array.isArray(before.tags) ? before.tags : [])].map((one) => [foldText(String(one)), one]))
  const spelled = (text: string): unknown => known.get(foldText(text)) ?? text
  const wished = {
    name,
    givenName,
    familyName,
    locale,
    zone,
    ownerMemberId,
    companyRole,
    company: company == null ? company : spelled(company),
    tags: tags && [...new Map(tags.map((tag) => [foldText(tag), spelled(tag)])).values()].toSorted(),
    points:
      points &&
      inOrder(
        points.map(({ kind, value, asTyped, label, preferred, shared }) => ({
          kind,
          ...channelOf(kind, value),
          value: asTyped,
          label,
          preferred,
          shared,
        })),
      ),
    ...ownFields(own),
  }
  return Object.fromEntries(Object.entries(wished).filter(([, value]) => value !== undefined))
}

const ownFields = (values: Values): Values => Object.fromEntries(Object.entries(values).map(([key, value]) => [`own.${key}`, value]))

const inOrder = <Point extends { readonly kind: string; readonly value: string }>(points: readonly Point[]): readonly Point[] =>
  points.toSorted((one, other) => (`${one.kind} ${one.value}` < `${other.kind} ${other.value}` ? -1 : 1))
