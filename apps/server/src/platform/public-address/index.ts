export type { Certificate } from './certificate-file.ts'
export { followCertificate } from './follow-certificate.ts'
export {
  PUBLIC_ADDRESS_CHECK_PATH,
  type PublicAddress,
  type PublicAddressSettings,
  type PublicAddressWatch,
  watchPublicAddress,
} from './public-address.ts'
export { type CertificateState, openPublicDoor, type PublicDoor, type PublicDoorSettings } from './public-door.ts'
