/** A file as it travels in the API. */
export type TravellingFile = { readonly name: string; readonly content: string }

export const LARGEST_PROOF_BYTES = 5_000_000

/** Reads a chosen file as base64. */
export async function readFile(file: File): Promise<TravellingFile> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  return { name: file.name, content: btoa(text) }
}

/** Hands a proof to the browser as a download: what somebody sent is never opened as a page of ours. */
export function saveProof(proof: Blob): void {
  const address = URL.createObjectURL(proof)
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
  // The browser has taken its own hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address))
}
