/** How far `to` lies after `from`, −32768 to 32767: sequence numbers have 16 bits and turn over (RFC 3550 §5.1). */
export const sequenceDistance = (from: number, to: number): number => ((to - from) << 16) >> 16

/** The sequence number so many later. */
export const sequencePlus = (sequence: number, count: number): number => (sequence + count) & 0xffff

/** How far `to` lies after `from` in samples, −2³¹ to 2³¹−1: timestamps have 32 bits and turn over (RFC 3550 §5.1). */
export const timestampDistance = (from: number, to: number): number => (to - from) | 0

/** The timestamp so many samples later. */
export const timestampPlus = (timestamp: number, samples: number): number => (timestamp + samples) >>> 0
