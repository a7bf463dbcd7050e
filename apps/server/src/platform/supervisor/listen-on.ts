import type { ListenWish } from './role.ts'

const NEXT_PORTS = 100

/**
 * Listens on the wished port, or on the next free one where that is allowed, and answers which it became.
 * @param listen Listens on one host and port, and rejects when it is taken; answers the port it got.
 * @param setting What the operator changes when it cannot be.
 */
export async function listenOn(
  wish: ListenWish,
  listen: (host: string, port: number) => Promise<number>,
  setting = 'PORT',
): Promise<number> {
  const last = wish.orNextFree && wish.port !== 0 ? Math.min(wish.port + NEXT_PORTS, 65_535) : wish.port
  for (let port = wish.port; ; port++) {
    try {
      return await listen(wish.host, port)
    } catch (error) {
      if (port >= last || !isTaken(error)) throw explained(error, wish.host, port, setting)
    }
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')
const isTaken = (error: unknown): boolean => codeOf(error) === 'EADDRINUSE'

function explained(error: unknown, host: string, port: number, setting: string): Error {
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is taken by another program. Stop it, or choose another port with ${setting}.`,
    EACCES: `This account may not listen on port ${port}. Choose a port above 1023 with ${setting}, or allow it: sysctl net.ipv4.ip_unprivileged_port_start=${port}`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Correct HOST; 0.0.0.0 stands for all of them.`,
  }
  const sentence = sentences[codeOf(error)]
  return sentence ? new Error(sentence, { cause: error }) : error instanceof Error ? error : new Error(String(error))
}
