export { readZip, ZipUnreadable } from './read-zip.ts'
export { writeZip, type ZipEntry } from './write-zip.ts'
