/** A file of which any part can be read: a workbook's list of parts stands at its end. */
export type FileBytes = { readonly size: number; readonly read: (from: number, length: number) => Promise<Uint8Array> }

/** A file that is held whole. */
export const bytesInHand = (bytes: Uint8Array): FileBytes => ({
  size: bytes.length,
  read: async (from, length) => bytes.subarray(from, from + length),
})
