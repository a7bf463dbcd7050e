/** As many lines as the API takes at once. */
export const mostLines = 5000

/** Sends one part of a file; `from` says where it begins. */
export type SendPart = (from: number, lines: string[]) => Promise<unknown>

/**
 * Reads a file line by line and sends it in parts, so that one of any size fits into memory. A part that did not arrive is sent again: the server knows by its beginning
 * whether it had it.
 */
export async function sendLines(file: Blob, send: SendPart, told: (bytes: number) => void, tries = 4): Promise<void> {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  let from = 0
  let bytes = 0
  const part: string[] = []
  const flush = async () => {
    if (part.length === 0) return
    const lines = part.splice(0)
    for (let attempt = 1; ; attempt++) {
      try {
        await send(from, lines)
        break
      } catch (error) {
        if (attempt >= tries || !(error instanceof TypeError)) throw error // refused, or the line is gone for long
        await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt))
      }
    }
    from += lines.length
    told(bytes)
  }
  for (;;) {
    const { done, value = '' } = await reader.read()
    bytes += new Blob([value]).size
    const lines = (rest + value).split(/\r\n|\n|\r(?!$)/)
    rest = done ? '' : (lines.pop() ?? '')
    for (const line of lines) {
      part.push(line.slice(0, 2000))
      if (part.length === mostLines) await flush()
    }
    if (done) return flush()
  }
}
