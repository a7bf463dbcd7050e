import type { ErasureGround, ErasureMode, ErasureReceipt } from '@frontdesk/contract'

export type { ErasureGround, ErasureMode, ErasureReceipt }
