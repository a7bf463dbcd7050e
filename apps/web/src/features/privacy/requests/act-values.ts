import type {
  ObjectedUse,
  ProofPoint,
  RefusalGround,
  RequestKind,
  RequestPauseReason,
  RestrictionGround,
  VerifiedHow,
} from '@frontdesk/contract'
import { call } from '../../../lib/api.ts'
import type { RequestAct, RequestCase } from './queries.ts'

/** Everything that a dialog of a case can ask; each act takes what it needs. */
export type ActValues = {
  readonly text: string
  readonly ground: RefusalGround
  readonly reason: RequestPauseReason
  readonly restrict: Exclude<RestrictionGround, 'objection_upheld'>
  readonly ends: readonly ObjectedUse[]
  readonly reviewed: 'confirmed' | 'changed'
  readonly decided: 'upheld' | 'changed'
  readonly how: Exclude<VerifiedHow, 'not_needed' | 'link'>
  readonly matched: readonly ProofPoint[]
  readonly declaration: boolean
  readonly evidence: string
  readonly endpoint: string
  readonly name: string
  readonly email: string
  readonly locale: string
  readonly never: boolean
  readonly sure: boolean
  readonly kind: RequestKind
}

/** Acts that ask for nothing: the button is enough, with one look more. */
export const plainActs: readonly RequestAct[] = ['resume', 'copy', 'close']
/** Acts with a letter or a reason to write. */
export const writtenActs: readonly RequestAct[] = [
  'ask_more_proof',
  'extend',
  'erase',
  'review',
  'answer',
  'refuse',
  'appeal',
  'start_self_review',
  'decide_appeal',
  'escalate',
  'resolve',
]

/** Whether the act settles an objection for the person, so that what it ends is asked. */
export const settlesObjection = (act: RequestAct, found: RequestCase, { decided }: Pick<ActValues, 'decided'>): boolean =>
  found.kind === 'objection_use' && (act === 'answer' || (act === 'decide_appeal' && decided === 'changed' && found.refusalGround !== null))

/** What a dialog begins with. */
export const startValues = (found: RequestCase, letter: string): ActValues => ({
  text: letter,
  ground: found.grounds[0] ?? 'no_data',
  reason: found.pauseReasons[0] ?? 'identity_in_doubt',
  restrict: found.kind === 'objection_use' ? 'objection_pending' : 'accuracy_contested',
  ends: ['everything'],
  reviewed: 'confirmed',
  decided: 'upheld',
  how: found.forWhom === 'child' ? 'guardian' : 'details_matched',
  matched: [],
  declaration: false,
  evidence: '',
  endpoint: '',
  name: '',
  email: '',
  locale: found.locale,
  never: false,
  sure: false,
  kind: found.kind === 'access' ? 'erasure' : 'access',
})

/** Does what the dialog was opened for, and answers the case as it is then. */
export function sendAct(act: RequestAct, found: RequestCase, values: ActValues, idempotencyKey: string): Promise<RequestCase> {
  const params = { requestId: found.id }
  const text = values.text.trim()
  const same = { params, idempotencyKey }
  const ends = settlesObjection(act, found, values) ? { ends: [...values.ends] } : {}
  switch (act) {
    case 'verify': {
      const { how, declaration } = values
      const matched = values.matched.filter((one) => one !== 'address_confirmed')
      const evidence = values.evidence.trim() || undefined
      const body = { how, matched, declaration, ...(evidence ? { evidence } : {}) }
      return call('POST /requests/{requestId}/verification', { ...same, body })
    }
    case 'ask_more_proof':
      return call('POST /requests/{requestId}/proof-level', { ...same, body: { because: text } })
    case 'extend':
      return call('POST /requests/{requestId}/extension', { ...same, body: { because: text } })
    case 'pause':
      return call('POST /requests/{requestId}/pause', { ...same, body: { reason: values.reason } })
    case 'resume':
      return call('POST /requests/{requestId}/resume', { ...same, body: {} })
    case 'copy':
      return call('POST /requests/{requestId}/copy', { ...same, body: {} })
    case 'hand_over':
      return call('POST /requests/{requestId}/hand-over', { ...same, body: { endpoint: values.endpoint.trim() } })
    case 'erase':
      return call('POST /requests/{requestId}/erasure', { ...same, body: { text, neverContactAgain: values.never } })
    case 'restrict':
      return call('POST /requests/{requestId}/restriction', { ...same, body: { ground: values.restrict } })
    case 'review':
      return call('POST /requests/{requestId}/review', { ...same, body: { outcome: values.reviewed, grounds: text } })
    case 'answer':
      return call('POST /requests/{requestId}/answer', { ...same, body: { text, ...ends } })
    case 'refuse':
      return call('POST /requests/{requestId}/refusal', { ...same, body: { ground: values.ground, text } })
    case 'appeal':
      return call('POST /requests/{requestId}/appeal', { ...same, body: { reason: text } })
    case 'invite_reviewer': {
      const body = { name: values.name.trim(), email: values.email.trim(), locale: values.locale }
      return call('POST /requests/{requestId}/reviewers', { ...same, body })
    }
    case 'start_self_review':
      return call('POST /requests/{requestId}/self-review', { ...same, body: { grounds: text } })
    case 'decide_appeal':
      return call('POST /requests/{requestId}/appeal-decision', { ...same, body: { outcome: values.decided, text, ...ends } })
    case 'escalate':
      return call('POST /requests/{requestId}/escalation', { ...same, body: { reason: text } })
    case 'resolve':
      return call('POST /requests/{requestId}/resolution', { ...same, body: { outcome: text } })
    case 'close':
      return call('POST /requests/{requestId}/close', { ...same, body: {} })
    case 'refile':
      return call('POST /requests/{requestId}/kind', { ...same, body: { kind: values.kind } })
    case 'rectify':
      throw new Error('A correction has a sheet of its own.')
  }
}
