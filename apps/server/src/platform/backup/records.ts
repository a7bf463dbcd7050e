/** What a backup of the database is made of, in this order: begin, then for each table its start, rows, end; sequences; end. */
export type BackupRecord =
  | {
      readonly kind: 'begin'
      readonly version: string
      readonly createdAt: string
      readonly migrations: AppliedMigrations
      readonly partitions: readonly Partition[]
    }
  | {
      readonly kind: 'table'
      readonly schema: string
      readonly table: string
      readonly columns: readonly string[]
      readonly types: readonly string[]
    }
  | { readonly kind: 'rows'; readonly data: Buffer }
  | { readonly kind: 'table_end'; readonly rows: number; readonly sha256: string }
  | { readonly kind: 'sequence'; readonly schema: string; readonly sequence: string; readonly value: string; readonly called: boolean }
  | { readonly kind: 'end'; readonly tables: number; readonly rows: number }

/** The migrations of each room that a database has been through. */
export type AppliedMigrations = Readonly<Record<string, readonly string[]>>

/** One partition of a partitioned table, with its bounds as SQL, and whether row-level security guards it on its own. */
export type Partition = {
  readonly schema: string
  readonly table: string
  readonly ofSchema: string
  readonly of: string
  readonly bounds: string
  readonly guarded: boolean
}

/** A backup is cut off, damaged, or not one at all. */
export class BackupUnreadable extends Error {
  override readonly name = 'BackupUnreadable'
}

const lengthBytes = 8

/** One record as bytes: length of its head, length of its data, head as JSON, data. */
export function encodeRecord(record: BackupRecord): Buffer {
  const { data, ...head } = record.kind === 'rows' ? record : { ...record, data: Buffer.alloc(0) }
  const text = Buffer.from(JSON.stringify(head))
  const lengths = Buffer.alloc(lengthBytes)
  lengths.writeUInt32BE(text.length, 0)
  lengths.writeUInt32BE(data.length, 4)
  return Buffer.concat([lengths, text, data])
}

/** Reads what `encodeRecord` wrote. Throws `BackupUnreadable` when the stream ends within a record or before the record `end`. */
export async function* decodeRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<BackupRecord> {
  let ended = false
  for await (const { head, data } of split(source)) {
    const record: BackupRecord = JSON.parse(head) // written by us: the stream is authenticated
    ended = record.kind === 'end'
    yield record.kind === 'rows' ? { kind: 'rows', data } : record
  }
  if (!ended) throw new BackupUnreadable('The backup is cut off: its end is missing. Use another one.')
}

async function* split(source: AsyncIterable<Uint8Array>): AsyncGenerator<{ head: string; data: Buffer }> {
  let held: Uint8Array[] = []
  let length = 0
  const take = (): Buffer => {
    const joined = held.length === 1 && held[0] ? Buffer.from(held[0].buffer, held[0].byteOffset, held[0].byteLength) : Buffer.concat(held)
    held = [joined]
    return joined
  }
  for await (const chunk of source) {
    held.push(chunk)
    length += chunk.length
    while (length >= lengthBytes) {
      const bytes = take()
      const headEnd = lengthBytes + bytes.readUInt32BE(0)
      const end = headEnd + bytes.readUInt32BE(4)
      if (length < end) break
      yield { head: bytes.toString('utf8', lengthBytes, headEnd), data: bytes.subarray(headEnd, end) }
      held = [bytes.subarray(end)]
      length -= end
    }
  }
  if (length > 0) throw new BackupUnreadable('The backup is cut off within a record. Use another one.')
}
