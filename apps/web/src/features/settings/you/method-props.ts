import type { Confirmation } from '../confirm-it-is-you.tsx'
import type { SignInMethods } from './queries.ts'

/** What each part of the security page is given. */
export type MethodProps = { readonly methods: SignInMethods; readonly confirmed: Confirmation['confirmed'] }
