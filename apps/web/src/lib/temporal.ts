/** Loads a screen that reckons with days and clocks. Browsers without `Temporal` get it first, and only then. */
export async function withTemporal<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')
  return load()
}
