import { useWorkspace } from '../lib/session.ts'
import { type Room, rooms } from './rooms.ts'
import { useStatus } from './status.ts'

/** The rooms this person sees, split as the rail and the phone's bar show them. */
export function useRooms(): {
  readonly daily: readonly Room[]
  readonly foot: readonly Room[]
  readonly bar: readonly Room[]
  readonly more: readonly Room[]
} {
  const { role } = useWorkspace()
  const status = useStatus()
  const shown = rooms.filter((room) => room.shown?.({ role, status }) ?? true)
  const daily = shown.filter((room) => !room.foot)
  return {
    daily,
    foot: shown.filter((room) => room.foot),
    bar: daily.slice(0, 4),
    more: [...daily.slice(4), ...shown.filter((room) => room.foot)],
  }
}
