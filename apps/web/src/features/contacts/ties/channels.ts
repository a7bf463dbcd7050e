import type { HandleChannel } from '@frontdesk/contract'
import { handleChannelNames } from '@frontdesk/contract/ties'
import type { TiesTranslator } from './words.ts'

/** The name of a channel for a reader. */
export const channelName = (channel: HandleChannel, t: TiesTranslator): string =>
  channel === 'website' ? t('website') : handleChannelNames[channel]
