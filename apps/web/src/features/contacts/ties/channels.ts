import type { HandleChannel } from '@frontdesk/contract'
import type { TiesTranslator } from './words.ts'

/** What channels are called, in every language; a web site is called so in the reader's. */
const names: Readonly<Record<Exclude<HandleChannel, 'website'>, string>> = {
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

/** Where a handle may be one's name. */
export const handleChannels = [...(Object.keys(names) as (keyof typeof names)[]), 'website'] as const satisfies readonly HandleChannel[]

/** The name of a channel for a reader. */
export const channelName = (channel: HandleChannel, t: TiesTranslator): string => (channel === 'website' ? t('website') : names[channel])
