import { z } from 'zod'

/** What somebody asks for. `objection` is to direct marketing, `objection_use` to any other use on grounds of her own situation. A complaint goes to the privacy officer; everything else is a right. */
export const RequestKind = z
  .enum([
    'access',
    'portability',
    'rectification',
    'erasure',
    'anonymization',
    'restriction',
    'objection',
    'objection_use',
    'withdrawal',
    'opt_out',
    'human_review',
    'complaint',
  ])
  .meta({ id: 'RequestKind' })
export type RequestKind = z.output<typeof RequestKind>

/** How far it is; only forward. `resolved` and `escalated` are a complaint's. */
export const RequestState = z
  .enum([
    'received',
    'acknowledged',
    'verifying',
    'in_progress',
    'extended',
    'answered',
    'refused',
    'escalated',
    'appealed',
    'resolved',
    'closed',
  ])
  .meta({ id: 'RequestState' })
export type RequestState = z.output<typeof RequestState>

/** Where she lives, as she says: which law's clock runs. */
export const RequestRegion = z.enum(['us_california', 'us', 'canada', 'europe', 'elsewhere']).meta({ id: 'RequestRegion' })
export type RequestRegion = z.output<typeof RequestRegion>

/** Why a request may be refused. */
export const RefusalGround = z
  .enum([
    'identity_not_proven',
    'no_data',
    'law_requires_keeping',
    'rights_of_others',
    'compelling_grounds',
    'unfounded',
    'repeated',
    'outside_law',
  ])
  .meta({ id: 'RefusalGround' })
export type RefusalGround = z.output<typeof RefusalGround>

/** How it reached us. `agent`: signed, by the Data Rights Protocol. */
export const RequestWay = z.enum(['portal', 'mail', 'phone', 'letter', 'in_person', 'member', 'agent']).meta({ id: 'RequestWay' })
export type RequestWay = z.output<typeof RequestWay>

/** Who asks: she herself, a guardian for a child, or an agent whom she authorised. */
export const RequestFor = z.enum(['self', 'child', 'agent']).meta({ id: 'RequestFor' })
export type RequestFor = z.output<typeof RequestFor>

/** A fact that whoever asks named and that stands in what is kept about her. `address_confirmed`: she used the link sent to the address on file. */
export const ProofPoint = z
  .enum(['address_confirmed', 'name', 'phone', 'birth_date', 'postal_address', 'appointment', 'payment', 'other'])
  .meta({ id: 'ProofPoint' })
export type ProofPoint = z.output<typeof ProofPoint>

/** How much proof is asked for. `ordinary`: the link to the address on file, or two matching points; `strict`: three matching points and a signed declaration. */
export const ProofLevel = z.enum(['none', 'ordinary', 'strict']).meta({ id: 'ProofLevel' })
export type ProofLevel = z.output<typeof ProofLevel>

/** Where the business is, as far as it moves a deadline: a province of Canada or a state whose holidays we know. */
export const BusinessRegion = z
  .enum([
    'us-al',
    'us-la',
    'us-ms',
    'us-pa',
    'us-ri',
    'us-ut',
    'ca-ab',
    'ca-bc',
    'ca-mb',
    'ca-nb',
    'ca-nl',
    'ca-ns',
    'ca-nt',
    'ca-nu',
    'ca-on',
    'ca-pe',
    'ca-qc',
    'ca-sk',
    'ca-yt',
  ])
  .meta({ id: 'BusinessRegion' })
export type BusinessRegion = z.output<typeof BusinessRegion>

/** How we know that it is her: nothing was needed; she used the link sent to the address on file; a member made sure; a guardian proved to be one. */
export const VerifiedHow = z.enum(['not_needed', 'link', 'in_person', 'details_matched', 'guardian']).meta({ id: 'VerifiedHow' })
export type VerifiedHow = z.output<typeof VerifiedHow>

/** Why a clock stands, where the law lets it. */
export const RequestPauseReason = z.enum(['identity_in_doubt', 'scope_asked', 'waiting_for_her']).meta({ id: 'RequestPauseReason' })
export type RequestPauseReason = z.output<typeof RequestPauseReason>

/** What a decided objection ends for good. `messages`: offers and questions; `new_uses`: whatever was introduced after the data came; `everything`: the data is kept and not used. */
export const ObjectedUse = z.enum(['messages', 'statistics', 'profiles', 'sharing', 'new_uses', 'everything']).meta({ id: 'ObjectedUse' })
export type ObjectedUse = z.output<typeof ObjectedUse>
