import {
  BusinessRegion,
  ObjectedUse,
  ProofPoint,
  RequestFor,
  RequestKind,
  RequestRegion,
  RequestWay,
  RestrictionGround,
} from '@frontdesk/contract'
import { expect, it } from 'vitest'
import { askers, homes, kinds, objectedUses, points, restrictions, ways } from './choices.ts'
import { regions } from './regions.ts'

it.each([
  ['kinds', kinds, RequestKind.options],
  ['ways', ways, RequestWay.exclude(['portal', 'agent']).options],
  ['who asks', askers, RequestFor.options],
  ['places', homes, RequestRegion.options],
  ['points', points, ProofPoint.exclude(['address_confirmed']).options],
  ['restrictions', restrictions, RestrictionGround.exclude(['objection_upheld']).options],
  ['uses that an objection ends', objectedUses, ObjectedUse.options],
  ['provinces and states', regions, BusinessRegion.options],
] as const)('offers all there is: %s', (_what, offered, known) => {
  expect(new Set<string>(offered)).toEqual(new Set<string>(known))
})
