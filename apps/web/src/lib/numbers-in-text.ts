/** A number that the server found in what somebody typed: which kind, and its mask. */
export type NumberFound = { readonly kind: 'card' | 'ssn' | 'sin'; readonly shown: string }
/** What becomes of it; undefined: back to the text, nothing is saved. */
export type NumbersWish = 'mask' | 'as-typed' | undefined

type Asker = (found: readonly NumberFound[]) => Promise<NumbersWish>

let asker: Asker | undefined

/** Says who asks the person; answers what takes it back. */
export function provideNumbersAsker(ask: Asker): () => void {
  asker = ask
  return () => {
    if (asker === ask) asker = undefined
  }
}

/** Asks once, before anything is saved, where the server points out a card or Social Security number in a text. Any other answer asks nothing. */
export async function numbersWish(response: Response): Promise<NumbersWish> {
  if (response.status !== 422 || !asker) return undefined
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  if (typeof body !== 'object' || body === null || !('type' in body) || body.type !== '/api/problems/http/number-in-text') return undefined
  return asker('numbers' in body && Array.isArray(body.numbers) ? body.numbers : [])
}
