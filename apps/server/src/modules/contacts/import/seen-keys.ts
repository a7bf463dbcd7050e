import { createHash } from 'node:crypto'

const begun = 1 << 16

/**
 * Which texts came by, in eight bytes each: a million rows with two numbers and two addresses take some 64 MB at most. Two texts may be taken for one once in thousands of
 * lists, which is good enough to foretell and not to write.
 */
export class SeenKeys {
  #slots = new Float64Array(begun)
  #count = 0

  has(text: string): boolean {
    return this.#slots[this.#place(this.#slots, hashOf(text))] !== 0
  }

  add(text: string): void {
    const hash = hashOf(text)
    const place = this.#place(this.#slots, hash)
    if (this.#slots[place] !== 0) return
    this.#slots[place] = hash
    this.#count += 1
    if (this.#count * 2 > this.#slots.length) this.#grow()
  }

  #place(slots: Float64Array, hash: number): number {
    let place = hash % slots.length
    while (slots[place] !== 0 && slots[place] !== hash) place = (place + 1) % slots.length
    return place
  }

  #grow(): void {
    const slots = new Float64Array(this.#slots.length * 2)
    for (const hash of this.#slots) if (hash !== 0) slots[this.#place(slots, hash)] = hash
    this.#slots = slots
  }
}

/** 52 bits of it, and never nothing. */
function hashOf(text: string): number {
  const digest = createHash('sha1').update(text).digest()
  return digest.readUIntBE(0, 6) * 16 + ((digest[6] ?? 0) & 15) + 1
}
