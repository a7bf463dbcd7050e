import type { RegisteredCookie } from '@frontdesk/contract'
import type { z } from 'zod'
import { cookieRegister as ours, storageRegister } from '../../../platform/http/index.ts'
import type { PageTag } from './page-tags.ts'

/** One thing that may stand in a reader's browser. */
export type Registered = z.input<typeof RegisteredCookie>

/** What our own pages keep: the cookies of the one door, and what pages keep beside them. The cookie statement is written from this. */
export const cookieRegister: readonly Registered[] = [
  ...Object.values(ours).map(({ name, class: kind, seconds }) => ({
    name,
    where: 'cookie' as const,
    class: kind,
    seconds,
    provider: null,
  })),
  ...storageRegister.map(({ name, where, class: kind }) => ({ name, where, class: kind, seconds: null, provider: null })),
]

/** The same with what the providers of a business say they keep, for readers who agreed to them. */
export const registerWith = (tags: readonly PageTag[]): readonly Registered[] => [
  ...cookieRegister,
  ...tags.flatMap(({ provider, class: kind, cookies }) =>
    cookies.map(({ name, days }) => ({
      name,
      where: 'cookie' as const,
      class: kind,
      seconds: days === 0 ? null : days * 86_400,
      provider,
    })),
  ),
]
