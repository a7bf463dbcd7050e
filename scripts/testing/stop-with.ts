/** Runs a script's work and ends with its exit code; an Error ends with its sentence and 1. */
export async function stopWith(work: () => Promise<number>): Promise<never> {
  try {
    process.exit(await work())
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
