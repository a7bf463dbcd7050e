import type { DuplicateReason } from './queries.ts'
import type { DuplicatesTranslator } from './words.ts'

/** One reason in words: "same number". */
export const reasonWord = (t: DuplicatesTranslator, reason: DuplicateReason): string =>
  reason.kind === 'name' ? t(`name/${reason.likeness}`) : t(`reason/${reason.kind}`)
