/** One stretch of opening, on the wall clock: `09:00` to `17:00`. */
export type OpenBlock = { readonly weekday: number; readonly from: string; readonly to: string }

/** The weekdays (ISO, 1 is Monday) in the order of the reader's week. */
export function weekFrom(first: number): readonly number[] {
  return Array.from({ length: 7 }, (_, day) => ((first - 1 + day) % 7) + 1)
}

/** The preset of a new business. */
export const workingWeek: readonly OpenBlock[] = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }))

/** The blocks of one day, in order. */
export const blocksOf = (week: readonly OpenBlock[], weekday: number): readonly OpenBlock[] =>
  week.filter((block) => block.weekday === weekday).toSorted((a, b) => a.from.localeCompare(b.from))

/** Opens a closed day, as long as the nearest open one; closes an open day. */
export function toggleDay(week: readonly OpenBlock[], weekday: number): readonly OpenBlock[] {
  if (blocksOf(week, weekday).length > 0) return week.filter((block) => block.weekday !== weekday)
  const nearest = week.toSorted((a, b) => Math.abs(a.weekday - weekday) - Math.abs(b.weekday - weekday))[0]
  return [...week, { weekday, from: nearest?.from ?? '09:00', to: nearest?.to ?? '17:00' }]
}

/** Changes one block of a day. */
export function changeBlock(
  week: readonly OpenBlock[],
  block: OpenBlock,
  change: Partial<Pick<OpenBlock, 'from' | 'to'>>,
): readonly OpenBlock[] {
  return week.map((other) => (other === block ? { ...block, ...change } : other))
}

/** Days whose end is not after their beginning, or that lack one of both. */
export const wrongDays = (week: readonly OpenBlock[]): readonly number[] =>
  week.filter(({ from, to }) => !from || !to || from >= to).map(({ weekday }) => weekday)

/** The same hours, whatever their order. */
export function sameWeek(a: readonly OpenBlock[], b: readonly OpenBlock[]): boolean {
  const text = (week: readonly OpenBlock[]) =>
    week
      .map(({ weekday, from, to }) => `${weekday} ${from} ${to}`)
      .toSorted()
      .join()
  return text(a) === text(b)
}

/** Starts that fit between opening and closing, one after another, for the picture of a booking page. At most `most`. */
export function sampleStarts(blocks: readonly OpenBlock[], minutes: number, most: number): readonly string[] {
  return blocks
    .flatMap(({ from, to }) => {
      const starts: string[] = []
      for (let at = minuteOf(from); at + minutes <= minuteOf(to); at += Math.max(minutes, 30)) starts.push(timeOf(at))
      return starts
    })
    .slice(0, most)
}

const minuteOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
const timeOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
