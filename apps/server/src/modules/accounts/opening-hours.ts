import type { Hours } from '@frontdesk/availability'
import { HolidaySet, type HolidaySetName, type LocationId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import type { HoursOverrideRow, HoursRuleRow } from './accounts.tables.ts'
import { holidaysBetween } from './holidays.rules.ts'

/** The default place's hours as they are stored. */
export type StoredHours = {
  readonly locationId: LocationId
  readonly version: number
  readonly zone: string
  readonly holidaySet: HolidaySetName | null
  readonly rules: readonly Pick<HoursRuleRow, 'weekday' | 'from_time' | 'to_time'>[]
  readonly overrides: readonly Pick<HoursOverrideRow, 'date' | 'from_time' | 'to_time' | 'label'>[]
}

/** Reads the hours of the workspace's default place. */
export async function storedHours(tx: WorkspaceTx): Promise<StoredHours> {
  const place = await tx.db
    .selectFrom('location')
    .innerJoin('workspace', 'workspace.id', 'location.workspace_id')
    .select(['location.id', 'location.version', 'location.holiday_set', 'workspace.zone'])
    .where('location.workspace_id', '=', tx.workspaceId)
    .where('is_default', '=', true)
    .executeTakeFirst()
  if (!place) throw new Error('This workspace has no place. It is made together with the workspace.')
  const rules = await tx.db
    .selectFrom('hours_rule')
    .select(['weekday', 'from_time', 'to_time'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('location_id', '=', place.id)
    .orderBy('weekday')
    .orderBy('from_time')
    .execute()
  const overrides = await tx.db
    .selectFrom('hours_override')
    .select(['date', 'from_time', 'to_time', 'label'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('location_id', '=', place.id)
    .orderBy('date')
    .orderBy('from_time')
    .execute()
  return {
    locationId: place.id,
    version: place.version,
    zone: place.zone,
    holidaySet: HolidaySet.safeParse(place.holiday_set).data ?? null,
    rules,
    overrides,
  }
}

/** When the business is open, as the availability engine takes it. Holidays come first, so that an exception of the same day holds against them. */
export async function openingHours(tx: WorkspaceTx): Promise<Hours> {
  const { zone, holidaySet, rules, overrides } = await storedHours(tx)
  const today = tx.now.toZonedDateTimeISO(zone).toPlainDate()
  const holidays = holidaySet === null ? [] : holidaysBetween(holidaySet, today.subtract({ months: 1 }), today.add({ years: 2, months: 1 }))
  return {
    zone,
    weekly: rules.map((rule) => ({ weekday: rule.weekday, start: wallTime(rule.from_time), end: wallTime(rule.to_time) })),
    exceptions: [
      ...holidays.map(({ date, label }) => ({ date, blocks: [], label })),
      ...exceptionDays(overrides).map(({ date, label, blocks }) => ({
        date,
        blocks: blocks.map(({ from, to }) => ({ start: from, end: to })),
        ...(label === null ? {} : { label }),
      })),
    ],
  }
}

export type ExceptionDay = {
  readonly date: Temporal.PlainDate
  readonly label: string | null
  readonly blocks: readonly { readonly from: string; readonly to: string }[]
}

/** The overrides by day; a day without blocks is closed. */
export function exceptionDays(overrides: StoredHours['overrides']): readonly ExceptionDay[] {
  const days = Map.groupBy(overrides, ({ date }) => date.toString())
  return [...days.values()].flatMap((rows) => {
    const [first] = rows
    if (!first) return []
    const blocks = rows.flatMap(({ from_time, to_time }) =>
      from_time === null || to_time === null ? [] : [{ from: wallTime(from_time), to: wallTime(to_time) }],
    )
    return [{ date: first.date, label: rows.find(({ label }) => label !== null)?.label ?? null, blocks }]
  })
}

/** `09:30:00` as PostgreSQL writes it becomes `09:30`. */
export const wallTime = (time: string): string => time.slice(0, 5)
