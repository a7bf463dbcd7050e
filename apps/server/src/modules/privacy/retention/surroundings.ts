import type { Files } from '../../../platform/files/index.ts'
import type { ErasureSurroundings } from '../erasure/index.ts'

/** What retention needs of the server around it: a part of what erasure stands on. */
export type RetentionSurroundings = Pick<ErasureSurroundings, 'eraser' | 'inventory'> & { readonly files: Pick<Files, 'erase'> }
