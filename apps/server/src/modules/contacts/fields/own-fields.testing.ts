/** A business with own fields, for their tests. */
import type { ContactId, Principal } from '@frontdesk/contract'
import { beforeAll } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { createContact } from '../create-contact.ts'
import { type EditContact, editContact } from '../edit-contact.ts'
import { loadContact } from '../load-contact.ts'
import { type TestWorkspace, testWorkspace } from '../testing.ts'
import { type CreateField, createField } from './define-field.ts'
import { indexFields } from './index-fields.ts'

/** What a field is unless a test says otherwise. */
export const plain = {
  category: 'preference',
  group: null,
  required: false,
  filter: false,
  choices: [],
  currency: null,
  notSensitive: false,
} as const

/** What a test says of a field. */
export type WantedField = Partial<CreateField> & Pick<CreateField, 'label' | 'type'>

/** Starts it. */
export async function testOwnFields() {
  const test = await testDatabase()
  const { settle } = await backgroundOf(test, { jobs: [indexFields] })
  let place: TestWorkspace | undefined
  beforeAll(async () => {
    place = await testWorkspace(test)
  })
  const here = (): TestWorkspace => {
    if (!place) throw new Error('The business is there once the first test begins.')
    return place
  }
  const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(here().workspaceId, work)
  const load = (contactId: ContactId) => inside((tx) => loadContact(tx, here().as.owner, contactId))
  return {
    test,
    settle,
    inside,
    load,
    get workspaceId() {
      return here().workspaceId
    },
    get as() {
      return here().as
    },
    add: (field: WantedField, by: Principal = here().as.owner) => inside((tx) => createField(tx, by, { ...plain, choices: [], ...field })),
    create: (name: string, fields: EditContact['fields'] = {}, by: Principal = here().as.owner) =>
      inside((tx) => createContact(tx, by, { name, points: [], tags: [], fields })),
    edit: async (
      contactId: ContactId,
      change: Omit<EditContact, 'contactId' | 'version'>,
      { by = here().as.owner as Principal, version = 0 } = {},
    ) => {
      const read = version || (await load(contactId)).version
      await inside((tx) => editContact(tx, by, { contactId, version: read, ...change }))
    },
  }
}
