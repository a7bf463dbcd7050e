import { type HandleChannel, handleChannels } from '@frontdesk/contract'
import { normalizePhone } from './phone.rules.ts'

/** How a channel names people: by their number, or by a name of a certain form, which may be read off the address of their page there. */
type ChannelRule =
  | { readonly by: 'phone' }
  | { readonly by: 'address' }
  | { readonly by: 'name'; readonly form: RegExp; readonly hosts: readonly string[]; readonly under?: RegExp }

// The forms are those that the networks themselves accept for a new name; a longer number names somebody who has none.
const rules: Readonly<Record<HandleChannel, ChannelRule>> = {
  whatsapp: { by: 'phone' },
  signal: { by: 'phone' },
  viber: { by: 'phone' },
  messenger: {
    by: 'name',
    form: /^(?:[a-z0-9.]{5,50}|\d{5,25})$/,
    hosts: ['m.me', 'messenger.com', 'facebook.com'],
    under: /^(?:t|messages\/t)\//,
  },
  facebook: { by: 'name', form: /^(?:[a-z0-9.]{5,50}|\d{5,25})$/, hosts: ['facebook.com', 'fb.com', 'fb.me'] },
  instagram: { by: 'name', form: /^[a-z0-9_](?:[a-z0-9._]{0,28}[a-z0-9_])?$/, hosts: ['instagram.com', 'ig.me'], under: /^m\// },
  telegram: { by: 'name', form: /^(?:[a-z][a-z0-9_]{3,31}|\d{5,20})$/, hosts: ['t.me', 'telegram.me'] },
  line: { by: 'name', form: /^[a-z0-9._-]{4,20}$/, hosts: ['line.me'], under: /^(?:ti\/p|r\/ti\/p)\// },
  linkedin: { by: 'name', form: /^[\p{L}\p{N}-]{3,100}$/u, hosts: ['linkedin.com'], under: /^(?:in|company|pub)\// },
  tiktok: { by: 'name', form: /^[a-z0-9._]{2,24}$/, hosts: ['tiktok.com'] },
  x: { by: 'name', form: /^[a-z0-9_]{1,15}$/, hosts: ['x.com', 'twitter.com'] },
  youtube: { by: 'name', form: /^[\p{L}\p{N}._·-]{3,64}$/u, hosts: ['youtube.com'], under: /^(?:c|channel|user)\// },
  website: { by: 'address' },
}

/**
 * What somebody is called on a channel, as it is compared: without `@`, in lower case, a number as E.164, a web address without what differs from one copy of it to the next.
 * Undefined where it cannot be one. The address of her page there is read too.
 */
export function readHandle(channel: HandleChannel, typed: string, country: string | null): string | undefined {
  const rule = rules[channel]
  const text = typed.normalize('NFKC').trim()
  if (rule.by === 'phone')
    return normalizePhone(
      text
        .replace(/^(?:https?:\/\/)?(?:wa\.me|api\.whatsapp\.com\/send\/?\?phone=|signal\.me\/#p)\/?(?=\+?\d)/i, (found) =>
          found ? '+' : '',
        )
        .replace(/^\++/, '+'),
      country,
    )
  if (rule.by === 'address') return readAddress(text)
  const name = nameIn(text, rule).replace(/^@/, '').toLowerCase()
  return rule.form.test(name) ? name : undefined
}

/** What is written behind the host of the channel's own pages, or all of it where it is no address. */
function nameIn(text: string, { hosts, under }: Extract<ChannelRule, { by: 'name' }>): string {
  const address = /^(?:https?:\/\/)?(?:[a-z]{1,3}\.)?([a-z.]+\.[a-z]+)\/(.+)$/i.exec(text)
  const host = address?.[1]?.toLowerCase() ?? ''
  if (!address || !(hosts.includes(host) || hosts.includes(host.replace(/^(?:www|m)\./, '')))) return text
  const rest = (address[2] ?? '').replace(under ?? /^$/, '')
  const id = /^profile\.php\?id=(\d+)/.exec(rest)?.[1]
  const [first = ''] = rest.split(/[/?#]/)
  try {
    return id ?? decodeURIComponent(first)
  } catch {
    return first
  }
}

function readAddress(text: string): string | undefined {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  if (!/^https?:\/\//i.test(written) || /\s/.test(written) || !URL.canParse(written)) return undefined
  const { hostname, port, pathname, search, username, password } = new URL(written)
  if (username !== '' || password !== '') return undefined
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*[a-z0-9]$/.test(hostname)) return undefined
  const path = pathname.replace(/\/+$/, '')
  const address = `${hostname.replace(/^www\./, '')}${port === '' ? '' : `:${port}`}${path}${search}`
  return address.length <= 500 ? address : undefined
}

/** A handle as `contact_point` holds it, so that what is unique of a kind is unique of each channel. */
export const joinHandle = (channel: HandleChannel, value: string): string => `${channel}:${value}`

/** The two halves of it. */
export function splitHandle(stored: string): { readonly channel: HandleChannel; readonly value: string } {
  const at = stored.indexOf(':')
  const channel = handleChannels.find((each) => each === stored.slice(0, at))
  if (channel === undefined) throw new Error('A handle without a channel stands among the contact points.')
  return { channel, value: stored.slice(at + 1) }
}

/** Of a handle its channel, as the history keeps it; of others nothing. */
export const channelOf = (kind: 'email' | 'phone' | 'handle', stored: string): { readonly channel?: HandleChannel } =>
  kind === 'handle' ? { channel: splitHandle(stored).channel } : {}

/** The number behind a handle that is one: whoever looks at numbers looks at these too. */
export function numberOfHandle(stored: string): string | undefined {
  const { channel, value } = splitHandle(stored)
  return rules[channel].by === 'phone' ? value : undefined
}
