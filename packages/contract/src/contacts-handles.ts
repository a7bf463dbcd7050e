import { z } from 'zod'

/** Where a handle is one's name: a messenger, a network, or a web site. */
export const handleChannels = [
  'whatsapp',
  'messenger',
  'instagram',
  'telegram',
  'signal',
  'viber',
  'line',
  'facebook',
  'linkedin',
  'tiktok',
  'x',
  'youtube',
  'website',
] as const

export const HandleChannel = z.enum(handleChannels).meta({ id: 'HandleChannel' })
export type HandleChannel = z.output<typeof HandleChannel>

/** What the channels are called, in every language. A web site has no name of its own. */
export const handleChannelNames: Readonly<Record<Exclude<HandleChannel, 'website'>, string>> = {
  whatsapp: 'WhatsApp',
  messenger: 'Messenger',
  instagram: 'Instagram',
  telegram: 'Telegram',
  signal: 'Signal',
  viber: 'Viber',
  line: 'LINE',
  facebook: 'Facebook',
  linkedin: 'LinkedIn',
  tiktok: 'TikTok',
  x: 'X',
  youtube: 'YouTube',
}
