/** A business with its registers, for tests. */
import type { FileId } from '@frontdesk/contract'
import { auditInventory } from '../../../platform/audit/index.ts'
import type { TestDatabase } from '../../../platform/database/testing.ts'
import { filesInventory } from '../../../platform/files/index.ts'
import { httpInventory } from '../../../platform/http/index.ts'
import { mailInventory } from '../../../platform/mail/index.ts'
import { accountsInventory } from '../../accounts/index.ts'
import { contactsRoom } from '../../contacts/index.ts'
import { erasureSurroundings } from '../erasure/index.ts'
import { privacyRoom } from '../index.ts'
import { type Configured, registerSurroundings } from './surroundings.ts'

/** The inventory as far as this room sees it: the platform, and the rooms up to here. */
export const roomInventory = [
  ...httpInventory,
  ...auditInventory,
  ...filesInventory,
  ...mailInventory,
  ...accountsInventory,
  ...contactsRoom.inventory,
  ...privacyRoom.inventory,
]

/** Fills what the registers stand on: the inventory of the rooms, and a server that is connected as given. */
export function testRegisters(test: TestDatabase, configured: readonly Configured[] = []): void {
  registerSurroundings.provide({ configured, publicUrl: () => 'https://desk.example' })
  erasureSurroundings.provide({
    database: test.database,
    eraser: test.database,
    inventory: roomInventory,
    files: { erase: async ({ id }: { id: FileId }) => void id } as never,
    tombstones: {} as never,
    vacuum: async () => 'freed',
  })
}
