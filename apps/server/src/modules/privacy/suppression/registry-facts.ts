import type { RegistryFact, RegistryId } from '@frontdesk/contact-rules'
import { sql } from 'kysely'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** A row's id: 128 bits of the keyed hash of copy and number, written as a UUID. */
export const registryKey = (keys: Keys, workspaceId: string, snapshotId: string, number: string): string =>
  asUuid(keys.hash(workspaceId, 'reg', `${snapshotId}|${number}`))

const registryKeys = (keys: Keys, workspaceId: string, snapshotId: string, number: string): string[] =>
  keys.hashes(workspaceId, 'reg', `${snapshotId}|${number}`).map(asUuid)

function asUuid(hash: string): string {
  const digits = Buffer.from(hash.slice(hash.lastIndexOf('.') + 1), 'base64url')
    .toString('hex')
    .slice(0, 32)
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-')
}

/** The area code of a number of the North American plan. */
export const areaCodeOf = (number: string): string | undefined => /^\+1(\d{3})\d{7}$/.exec(number)?.[1]

/** A copy of a register that is loaded. */
export type RegistryCopy = {
  readonly id: string
  readonly registry: RegistryId
  readonly asOf: Temporal.Instant
  readonly areaCodes: ReadonlySet<string>
}

/** The copies that are loaded, newest first. An own list is not among them: it became suppressions. */
async function loadedCopies(tx: WorkspaceTx): Promise<readonly RegistryCopy[]> {
  const rows = await tx.db
    .selectFrom('registry_snapshot')
    .select(['id', 'registry', 'as_of', 'area_codes'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('status', '=', 'ready')
    .where('registry', '<>', 'own')
    .orderBy('as_of', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ id, registry, as_of, area_codes }) => copyOf(id, registry, as_of, area_codes))
}

/** A copy as its row has it. */
export const copyOf = (id: string, registry: string, asOf: Temporal.Instant, areaCodes: string): RegistryCopy => ({
  id,
  registry: registry as RegistryId,
  asOf,
  areaCodes: new Set(areaCodes.split(' ')),
})

/**
 * What the loaded registers say about these numbers. A register that has no copy for an area code says nothing, which counts as not loaded. `copies`, newest first, are read
 * unless given.
 */
export async function registryFactsOf(
  tx: WorkspaceTx,
  numbers: readonly string[],
  given?: readonly RegistryCopy[],
): Promise<(number: string) => readonly RegistryFact[]> {
  if (numbers.length === 0) return () => []
  const copies = given ?? (await loadedCopies(tx))
  if (copies.length === 0) return () => []
  const asked = new Map(numbers.map((number) => [number, copiesFor(copies, number)]))
  const keys = [...asked].flatMap(([number, own]) => own.flatMap(({ id }) => registryKeys(tx.keys, tx.workspaceId, id, number)))
  const rows =
    keys.length === 0
      ? []
      : await tx.db
          .selectFrom('registry_number')
          .select('id')
          .where('workspace_id', '=', tx.workspaceId)
          .where(sql<boolean>`id = any(${keys}::uuid[])`)
          .execute()
  const listed = new Set(rows.map(({ id }) => id))
  return (number) =>
    (asked.get(number) ?? []).map(({ id, registry, asOf }) => ({
      registry,
      asOf,
      listed: registryKeys(tx.keys, tx.workspaceId, id, number).some((key) => listed.has(key)),
    }))
}

/** Of each register the newest copy that covers the number. */
function copiesFor(copies: readonly RegistryCopy[], number: string): readonly RegistryCopy[] {
  const code = areaCodeOf(number)
  if (code === undefined) return []
  const covering = copies.filter(({ areaCodes }) => areaCodes.has(code))
  return covering.filter((copy, place) => covering.findIndex(({ registry }) => registry === copy.registry) === place)
}
