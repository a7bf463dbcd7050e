/** Whether links that we send can be opened by others, and if not, why. */
export type PublicAddress = { readonly url: string | undefined; readonly reachable: boolean; readonly why: string }

/** Where the web role answers its token, so that another process, or the world, can tell that it is us who answer. */
export const PUBLIC_ADDRESS_CHECK_PATH = '/.well-known/frontdesk-check'

const SOON_MS = 30_000
const LATER_MS = 10 * 60_000
const PATIENCE_MS = 10_000

export type PublicAddressSettings = {
  /** What the operator says people use; undefined: this computer only. */
  readonly url: string | undefined
  /** What the web role answers at `PUBLIC_ADDRESS_CHECK_PATH`. The same in all processes of one Frontdesk, and secret to nobody. */
  readonly token: string
}

/** The last answer, and an end to asking. */
export type PublicAddressWatch = {
  readonly publicAddress: () => PublicAddress
  /** Asks now. */
  readonly check: () => Promise<PublicAddress>
  readonly close: () => void
}

/** Asks the public address again and again whether it is us who answer there: every half minute until it is, then every ten. */
export function watchPublicAddress({ url, token }: PublicAddressSettings): PublicAddressWatch {
  if (url === undefined) {
    const here: PublicAddress = {
      url,
      reachable: false,
      why: 'Frontdesk works on this computer only. Start it with --domain and a name that leads here, or set PUBLIC_URL to the address of what stands in front of it.',
    }
    return { publicAddress: () => here, check: async () => here, close: () => undefined }
  }

  let last: PublicAddress = { url, reachable: false, why: `Nobody has tried yet whether ${url} leads here.` }
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const check = async (): Promise<PublicAddress> => {
    const problem = await problemAt(url, token)
    last = { url, reachable: problem === undefined, why: problem ?? `${url} leads here.` }
    return last
  }
  const again = async (): Promise<void> => {
    const { reachable } = await check()
    if (closed) return
    timer = setTimeout(again, reachable ? LATER_MS : SOON_MS)
    timer.unref()
  }
  void again()
  const close = (): void => {
    closed = true
    clearTimeout(timer)
  }
  return { publicAddress: () => last, check, close }
}

async function problemAt(url: string, token: string): Promise<string | undefined> {
  try {
    const response = await fetch(new URL(PUBLIC_ADDRESS_CHECK_PATH, url), { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })
    const text = (await response.text()).trim()
    if (response.ok && text === token) return undefined
    const onward = response.headers.get('location')
    if (onward !== null)
      return `${url} leads on to ${new URL(onward, url).origin}. Set PUBLIC_URL to that address if it is the one that people use.`
    return response.ok || response.status === 404
      ? `Something else answers at ${url}. Lead it to this machine.`
      : `${url} answers with an error (${response.status}), so what stands in front of Frontdesk does not find it.`
  } catch (error) {
    return explain(url, error)
  }
}

function explain(url: string, error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const { hostname } = new URL(url)
  if (error instanceof Error && error.name === 'TimeoutError')
    return `${url} did not answer within ${PATIENCE_MS / 1_000} seconds. A firewall may be in the way.`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `The name ${hostname} does not lead anywhere yet. Point it at this machine with an A or AAAA record.`
  if (code === 'ECONNREFUSED') return `Nothing listens at ${url}. Lead it to this machine and open the port.`
  if (/CERT|SSL|TLS|EPROTO|ALERT/i.test(code)) return `${url} has no valid certificate yet (${code}).`
  return `${url} could not be reached (${code || 'no reason given'}).`
}
