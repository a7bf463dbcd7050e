/** The headers of a MIME text, each with its folded lines, and the body with the empty line before it. */
function splitHeaders(raw: string): { readonly headers: readonly string[]; readonly body: string } {
  const end = raw.indexOf('\r\n\r\n')
  const head = end < 0 ? raw : raw.slice(0, end)
  return { headers: head.split(/\r\n(?![ \t])/), body: end < 0 ? '\r\n\r\n' : raw.slice(end) }
}

/** The headers of a MIME text as they stand there, without their folding. */
export const headersOf = (raw: string): { name: string; value: string }[] =>
  splitHeaders(raw).headers.map((line) => {
    const colon = line.indexOf(':')
    return {
      name: line.slice(0, colon),
      value: line
        .slice(colon + 1)
        .replace(/\r\n[ \t]/g, ' ')
        .trim(),
    }
  })

/**
 * Puts another sender and another address for answers on a mail of ours that has not gone out: it was written before the mail server was set up, or the server has
 * another address now. The name of the business stays as it is encoded; so does the Message-ID, and without another one the address for answers.
 */
export function readdressMail(raw: string, from: string, replyTo: string | undefined): string {
  const { headers, body } = splitHeaders(raw)
  const sender =
    headers
      .find((line) => /^from:/i.test(line))
      ?.slice('from:'.length)
      .trim() ?? ''
  const name = /^(.*?)\s*<[^<>]*>$/s.exec(sender)?.[1] ?? ''
  const mailbox = (address: string) => (name === '' ? address : `${name} <${address}>`)
  const replaced = replyTo === undefined ? /^from:/i : /^(from|reply-to):/i
  const rest = headers.filter((line) => !replaced.test(line))
  return [`From: ${mailbox(from)}`, ...(replyTo === undefined ? [] : [`Reply-To: ${mailbox(replyTo)}`]), ...rest].join('\r\n') + body
}
