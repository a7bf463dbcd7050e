/** A business with its registers, for tests. */
import { auditInventory } from '../../../platform/audit/index.ts'
import { filesInventory } from '../../../platform/files/index.ts'
import { httpInventory } from '../../../platform/http/index.ts'
import { mailInventory } from '../../../platform/mail/index.ts'
import type { Policy } from '../../../platform/policy/index.ts'
import { accountsInventory } from '../../accounts/index.ts'
import { contactsRoom } from '../../contacts/index.ts'
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
export function testRegisters(configured: readonly Configured[] = [], policies: readonly Policy<string>[] = []): void {
  registerSurroundings.provide({
    configured,
    publicUrl: () => 'https://desk.example',
    inventory: roomInventory,
    policies,
    neverForKeys: new Set(),
  })
}
