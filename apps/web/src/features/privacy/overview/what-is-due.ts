import type { Overview } from './queries.ts'

type Of<Part extends 'requests' | 'incidents' | 'legalRequests'> = NonNullable<Overview[Part]>['next'][number]

/** One thing with a clock. */
export type Due =
  | { readonly type: 'request'; readonly one: Of<'requests'>; readonly at: number }
  | { readonly type: 'incident'; readonly one: Of<'incidents'>; readonly at: number }
  | { readonly type: 'legal'; readonly one: Of<'legalRequests'>; readonly at: number }

/** What has to be done "without delay" stands before everything with a day; what has no day at all, at the end. */
export function dueOf({ requests, incidents, legalRequests }: Overview): readonly Due[] {
  const moment = (at: string | null | undefined, otherwise: number) => (at == null ? otherwise : Date.parse(at))
  return [
    ...(requests?.next ?? []).map((one) => ({ type: 'request' as const, one, at: moment(one.due?.before, Number.POSITIVE_INFINITY) })),
    ...(incidents?.next ?? []).map((one) => ({ type: 'incident' as const, one, at: moment(one.nextClock?.before, 0) })),
    ...(legalRequests?.next ?? []).map((one) => ({ type: 'legal' as const, one, at: moment(one.dueOn, Number.POSITIVE_INFINITY) })),
  ].toSorted((a, b) => (a.at === b.at ? 0 : a.at - b.at))
}
