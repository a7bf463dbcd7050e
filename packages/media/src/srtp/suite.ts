/** The two suites that trunks and telephones speak (RFC 4568 §6.2). */
export type SrtpSuite = 'AES_CM_128_HMAC_SHA1_80' | 'AES_CM_128_HMAC_SHA1_32'

/** In the order of preference. */
export const srtpSuites = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const satisfies readonly SrtpSuite[]

/** Length of the tag on RTP in bytes; on RTCP it is always ten (RFC 4568 §6.2.2). */
export const rtpTagBytes: Readonly<Record<SrtpSuite, number>> = { AES_CM_128_HMAC_SHA1_80: 10, AES_CM_128_HMAC_SHA1_32: 4 }
export const rtcpTagBytes = 10

/** A master key and a master salt, in this order, as SDES carries them. */
export const masterBytes = 30
