/** Names of channels and kinds of relations; without a schema, so that browsers read the same lists as the server. */

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

/** What the channels are called, in every language. A web site has no name of its own. */
export const handleChannelNames: Readonly<Record<Exclude<(typeof handleChannels)[number], 'website'>, string>> = {
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

/** What somebody is to somebody else, said from the first to the second: `parent` is “parent of”. `own`: in the business’s own words. None of them gives rights. */
export const relationKinds = [
  'parent',
  'guardian',
  'partner',
  'sibling',
  'relative',
  'household',
  'friend',
  'colleague',
  'manager',
  'referrer',
  'own',
] as const

/** Those that say the same in both directions. */
export const mutualRelations: ReadonlySet<(typeof relationKinds)[number]> = new Set([
  'partner',
  'sibling',
  'relative',
  'household',
  'friend',
  'colleague',
])
