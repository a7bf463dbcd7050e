import type { OpeningHours, OpeningHoursInput, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { accountsPolicy } from './accounts.policy.ts'
import type { HoursOverrideRow } from './accounts.tables.ts'
import { holidaysBetween } from './holidays.rules.ts'
import { exceptionDays, storedHours, wallTime } from './opening-hours.ts'

export type SetOpeningHours = z.output<typeof OpeningHoursInput> & { readonly version: number }
export type PresentedHours = z.input<typeof OpeningHours>

/** The hours as the API shows them. */
export async function showOpeningHours(tx: WorkspaceTx, by: Principal): Promise<PresentedHours> {
  accountsPolicy.require(by, 'hours.read')
  const hours = await storedHours(tx)
  const today = tx.now.toZonedDateTimeISO(hours.zone).toPlainDate()
  const holidays = hours.holidaySet === null ? [] : holidaysBetween(hours.holidaySet, today, today.add({ months: 13 }))
  return {
    zone: hours.zone,
    weekly: hours.rules.map(({ weekday, from_time, to_time }) => ({ weekday, from: wallTime(from_time), to: wallTime(to_time) })),
    exceptions: exceptionDays(hours.overrides).map(({ date, label, blocks }) => ({
      date: date.toString(),
      closed: blocks.length === 0,
      blocks: [...blocks],
      label,
    })),
    holidaySet: hours.holidaySet,
    holidays: holidays.map(({ date, label }) => ({ date: date.toString(), label })),
    version: hours.version,
  }
}

/** Replaces the week, the days that differ and the holidays. Throws `http/invalid-request` where blocks overlap, `http/version-mismatch` where somebody was quicker. */
export async function setOpeningHours(tx: WorkspaceTx, by: Principal, wish: SetOpeningHours): Promise<PresentedHours> {
  accountsPolicy.require(by, 'hours.manage')
  refuseOverlaps(wish)
  const { locationId } = await storedHours(tx)
  const { numUpdatedRows } = await tx.db
    .updateTable('location')
    .set({ version: wish.version + 1, holiday_set: wish.holidaySet })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', locationId)
    .where('version', '=', wish.version)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed the opening hours in the meantime. Nothing was saved.',
      current: await showOpeningHours(tx, by),
    })
  }

  const place = { workspace_id: tx.workspaceId, location_id: locationId }
  await tx.db.deleteFrom('hours_rule').where('workspace_id', '=', tx.workspaceId).where('location_id', '=', locationId).execute()
  await tx.db.deleteFrom('hours_override').where('workspace_id', '=', tx.workspaceId).where('location_id', '=', locationId).execute()
  const rules = wish.weekly.map(({ weekday, from, to }) => ({ ...place, id: tx.newId(), weekday, from_time: from, to_time: to }))
  if (rules.length > 0) await tx.db.insertInto('hours_rule').values(rules).execute()
  const overrides = wish.exceptions.flatMap(({ date, blocks, label }): HoursOverrideRow[] => {
    const day = { ...place, date: Temporal.PlainDate.from(date), label: label ?? null }
    if (blocks.length === 0) return [{ ...day, id: tx.newId(), from_time: null, to_time: null }]
    return blocks.map(({ from, to }) => ({ ...day, id: tx.newId(), from_time: from, to_time: to }))
  })
  if (overrides.length > 0) await tx.db.insertInto('hours_override').values(overrides).execute()

  await audit(tx, by, { action: 'opening_hours.changed', object: { type: 'location', id: locationId }, result: 'done' })
  await emit(tx, 'opening_hours.changed', { workspaceId: tx.workspaceId })
  return showOpeningHours(tx, by)
}

type Block = { readonly from: string; readonly to: string }

const overlap = (blocks: readonly Block[]): boolean => {
  const spans = blocks.map(({ from, to }) => ({ from, to: to > from ? to : '24:00' })).sort((a, b) => a.from.localeCompare(b.from))
  return spans.some((span, at) => span.from < (spans[at - 1]?.to ?? ''))
}

function refuseOverlaps({ weekly, exceptions }: SetOpeningHours): void {
  const week = [...Map.groupBy(weekly, ({ weekday }) => weekday).values()]
  const dates = exceptions.map(({ date }) => date)
  if (week.some(overlap) || exceptions.some(({ blocks }) => overlap(blocks))) {
    throw new Refusal('http/invalid-request', { detail: 'Two blocks of one day overlap. Join them into one. Nothing was saved.' })
  }
  if (new Set(dates).size < dates.length) {
    throw new Refusal('http/invalid-request', { detail: 'A date is listed twice. Put its blocks together. Nothing was saved.' })
  }
  const torn = exceptions.find(({ closed, blocks }) => closed !== (blocks.length === 0))
  if (torn) {
    throw new Refusal('http/invalid-request', {
      detail: `${torn.date} has to be closed without hours, or open with some. Nothing was saved.`,
    })
  }
}
