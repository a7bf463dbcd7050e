/** Where encrypted bytes lie, by address. It knows neither keys nor rows. */
export type ByteStore = {
  /** Takes over a local file of the given length whose SHA-256 (hex) is known; afterwards the local file is gone. Never leaves half of it under the address. */
  keep(address: string, part: { readonly path: string; readonly length: number; readonly sha256: string }): Promise<void>
  /** The bytes `[from, to)`, or all. Throws `FileUnreadable` (`missing`) when there are none, at the latest when reading begins. */
  read(address: string, range?: { readonly from: number; readonly to: number }): Promise<AsyncIterable<Uint8Array>>
  /** Removes the bytes; does nothing when they are gone already. */
  remove(address: string): Promise<void>
  /** Every address there is. */
  list(): AsyncIterable<string>
}

/** A stored file cannot be given out. `erased`: its key was destroyed, on purpose. */
export class FileUnreadable extends Error {
  override readonly name = 'FileUnreadable'
  readonly reason: 'erased' | 'missing' | 'damaged'
  constructor(reason: FileUnreadable['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** An address is 64 hexadecimal digits, so that it is a safe file name and a safe object key. */
export const isAddress = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)
