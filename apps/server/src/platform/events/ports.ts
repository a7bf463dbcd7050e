/**
 * A question or an act that a left room needs from a right one inside its own transaction. The left room declares the port, the house provides the right room's
 * implementation.
 */
export type Port<Implementation> = {
  readonly name: string
  /** Called by the house alone. */
  provide(implementation: Implementation): void
  /** The implementation. Throws when nobody provided one. */
  get(): Implementation
}

/** A port that several rooms answer, each for its own part. */
export type PortList<Implementation> = {
  readonly name: string
  /** Called by the house alone. A second implementation of the same name takes the first one's place. */
  provide(name: string, implementation: Implementation): void
  /** Every implementation, in the order of the rooms. */
  all(): readonly Implementation[]
}

const required: { readonly name: string; filled(): boolean }[] = []

/** Declares a port that has to be filled before the server starts. */
export function definePort<Implementation>(name: string): Port<Implementation> {
  let provided: { readonly implementation: Implementation } | undefined
  required.push({ name, filled: () => provided !== undefined })
  return {
    name,
    provide(implementation) {
      provided = { implementation }
    },
    get() {
      if (provided) return provided.implementation
      throw new Error(`The port ${name} is not filled. Provide it in house.ts.`)
    },
  }
}

/** Declares a port that any number of rooms may answer. */
export function definePortList<Implementation>(name: string): PortList<Implementation> {
  const provided = new Map<string, Implementation>()
  return {
    name,
    provide: (from, implementation) => void provided.set(from, implementation),
    all: () => [...provided.values()],
  }
}

/** Throws when a required port is not filled. Called once, before the first door opens. */
export function requireFilledPorts(): void {
  const missing = required.filter((port) => !port.filled()).map((port) => port.name)
  if (missing.length > 0) throw new Error(`These ports are not filled: ${missing.join(', ')}. Provide them in house.ts.`)
}
