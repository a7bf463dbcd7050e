export { createDurably, syncFolder, writeDurably } from './durable-write.ts'
export { type Bound, noWorkspace } from './fields.ts'
export { type KeyDescription, type KeyPurpose, KeyStoreError, keyPurposes, prepareKeyFolder } from './key-store.ts'
export { type Keys, openKeys } from './keys.ts'
export { type LinkCheck, linkClockTolerance, longestLink, type SignedLink } from './links.ts'
export {
  judgePassword,
  longestPassword,
  type PasswordCircumstances,
  type PasswordObjection,
  type PasswordVerdict,
  shortestAlone,
  shortestWithSecondFactor,
} from './password-rules.ts'
export { openPasswords, type PasswordSettings, type Passwords, PasswordsBusy } from './passwords.ts'
export { CannotDecrypt, derive } from './primitives.ts'
export { openRange, openStream, type StreamRange, sealedLength, sealStream, streamHeaderLength, streamRange } from './stream.ts'
export { newToken, type Token, tokenHash } from './tokens.ts'
