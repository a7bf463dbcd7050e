import { type ReminderField, reminderFields } from '@frontdesk/contract'

/** What stands for each merge field. */
export type MergeValues = Readonly<Record<ReminderField, string>>

const isField = (name: string): name is ReminderField => (reminderFields as readonly string[]).includes(name)

/** Puts values into a text of the business. What a value says is never read as a field again. */
export const fillFields = (text: string, values: MergeValues): string =>
  text.replace(/\{([^{}]*)\}/g, (whole, name: string) => (isField(name.trim()) ? values[name.trim() as ReminderField] : whole))
