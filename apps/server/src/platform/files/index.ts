export { FileUnreadable } from './byte-store.ts'
export { isDiskFull, makeFolder, syncFolder, writeNewFile } from './durable-files.ts'
export type { FileKeys, FilePlace } from './file-keys.ts'
export {
  expiredFiles,
  expireFile,
  type FileSubject,
  filesAbout,
  findFile,
  forgetFile,
  knownFiles,
  recordFile,
  type StoredFile,
} from './file-rows.ts'
export { type FilePurpose, type FileRow, type FileSubjectRow, filesInventory } from './files.tables.ts'
export { cleanName, mediaTypeOf, sniffedBytes } from './media-type.ts'
export { type ContentRange, type Files, type FilesSettings, openFiles, type PutFile } from './open-files.ts'
export { S3Error, type S3Settings } from './s3-store.ts'
export { fileHousekeeping, graceForRows, tidyFiles } from './tidy-files.ts'
