import type { MessageId, Principal, ReminderWay, ReminderChannel as Way } from '@frontdesk/contract'
import { reminderChannels as ways } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { definePortList } from '../../../platform/events/index.ts'
import type { BookingFacts } from '../booking-facts.ts'
import type { ReminderRow, ReminderTextRow } from './reminder.tables.ts'

/** A reminder whose moment has come. */
export type ReminderToSend = {
  readonly reminder: Pick<ReminderRow, 'id' | 'moment'>
  readonly facts: BookingFacts
  readonly texts: readonly Pick<ReminderTextRow, 'locale' | 'subject' | 'body'>[]
}

/** What became of it: it is on its way, the gate said no, or there is no address to write to. */
export type ReminderOutcome = { readonly kind: 'sent' | 'refused'; readonly messageId: MessageId } | { readonly kind: 'no_address' }

/** A way by which reminders go. Whoever fills it asks the gate at the moment of sending, in the transaction it is given. */
export type ReminderChannel = {
  readonly channel: Way
  /** Whether anything can leave by it as this server and workspace stand now. */
  isSetUp(tx: WorkspaceTx): Promise<boolean>
  send(tx: WorkspaceTx, by: Principal, reminder: ReminderToSend): Promise<ReminderOutcome>
}

/** Filled by this room for mail; a room that brings texts or calls fills its own. */
export const reminderChannels = definePortList<ReminderChannel>('scheduling.reminder-channels')

/** The channel of a way, where it is set up. */
export async function channelFor(tx: WorkspaceTx, way: Way): Promise<ReminderChannel | undefined> {
  const channel = reminderChannels.all().find((one) => one.channel === way)
  return channel && (await channel.isSetUp(tx)) ? channel : undefined
}

/** Every way there is, and how it stands here. */
export async function standingOfWays(tx: WorkspaceTx): Promise<z.output<typeof ReminderWay>[]> {
  const standing: z.output<typeof ReminderWay>[] = []
  for (const channel of ways) standing.push({ channel, setUp: (await channelFor(tx, channel)) !== undefined })
  return standing
}
