/** What a call went through. Everything else has the default of ITU-T G.107 (06/2015) Table 2. */
export type Transmission = {
  /** Mean one-way delay from mouth to ear, in ms (T and Ta). */
  readonly delayMs: number
  /** Packets lost or too late, in per cent (Ppl). */
  readonly lossPercent: number
  /** How much longer losses in a row are than they would be by chance (BurstR); 1 is chance. */
  readonly burstRatio?: number
  readonly codec: CodecImpairment
  /** Loudness of the talker's echo against her own voice, in dB (TELR). 65 is a well cancelled one. */
  readonly echoLoudness?: number
}

/** What a codec costs (Ie), and how well it bears loss (Bpl): ITU-T G.113 (11/2007) Appendix I, Tables I.1 and I.4. */
export type CodecImpairment = { readonly impairment: number; readonly robustness: number }

export const codecImpairments = {
  'G.711': { impairment: 0, robustness: 4.3 },
  /** With the concealment of G.711 Appendix I. */
  'G.711 concealed': { impairment: 0, robustness: 25.1 },
  'G.729A': { impairment: 11, robustness: 19 },
} as const satisfies Record<string, CodecImpairment>

/** G.107 Table 2: loudness ratings, noise and sidetone of the telephones and the network, in dB; distortion units of the coding. */
const sendLoudness = 8
const receiveLoudness = 2
const sidetone = 15
const listenerSidetone = 18
const micDirectivity = 3
const echoPathLoss = 110
const quantizingUnits = 1
const circuitNoise = -70
const floorNoise = -64
const roomNoise = 35

const powerSum = (...levels: readonly number[]) => 10 * Math.log10(levels.reduce((sum, level) => sum + 10 ** (level / 10), 0))

/** §7.2: all noise as one level at the point of 0 dBr, and the signal against it. */
function signalToNoise(): { noise: number; ratio: number } {
  const overall = sendLoudness + receiveLoudness
  const sendRoom = roomNoise - sendLoudness - micDirectivity - 100 + 0.004 * (roomNoise - overall - micDirectivity - 14) ** 2
  const effective = roomNoise + 10 * Math.log10(1 + 10 ** ((10 - listenerSidetone) / 10))
  const receiveRoom = receiveLoudness - 121 + effective + 0.008 * (effective - 35) ** 2
  const noise = powerSum(circuitNoise, sendRoom, receiveRoom, floorNoise + receiveLoudness)
  return { noise, ratio: 15 - 1.5 * (sendLoudness + noise) }
}

/** §7.3: what comes at the same time as the voice: too loud a line, sidetone, quantizing. */
function simultaneous(noise: number, ratio: number, delayMs: number, echo: number): number {
  const x = sendLoudness + receiveLoudness + 0.2 * (64 + noise - receiveLoudness)
  const loudness = 20 * ((1 + (x / 8) ** 8) ** (1 / 8) - x / 8)
  const talker = -10 * Math.log10(10 ** (-sidetone / 10) + Math.exp(-delayMs / 4) * 10 ** (-echo / 10))
  const sidetoneCost =
    12 * (1 + ((talker - 13) / 6) ** 8) ** (1 / 8) -
    28 * (1 + ((talker + 1) / 19.4) ** 35) ** (1 / 35) -
    13 * (1 + ((talker - 3) / 33) ** 13) ** (1 / 13) +
    29
  const q = 37 - 15 * Math.log10(quantizingUnits)
  const g = 1.07 + 0.258 * q + 0.0602 * q ** 2
  const quantizing = 15 * Math.log10(1 + 10 ** ((ratio - 100) / 15 + 46 / 8.4 - g / 9) + 10 ** (46 / 30 - g / 40))
  return loudness + sidetoneCost + quantizing
}

/** §7.4: what delay costs: the talker's echo, the listener's, and waiting for each other. */
function delayed(noise: number, ratio: number, delayMs: number, echo: number): number {
  const loudness = echo - 40 * Math.log10((1 + delayMs / 10) / (1 + delayMs / 150)) + 6 * Math.exp(-0.3 * delayMs ** 2)
  const talkerGap = -1.5 * (noise - receiveLoudness) - (80 + 2.5 * (loudness - 14))
  const talkerEcho = delayMs < 1 ? 0 : (talkerGap / 2 + Math.sqrt(talkerGap ** 2 / 4 + 100) - 1) * (1 - Math.exp(-delayMs))
  const listenerGap = ratio - 10.5 * (echoPathLoss + 7) * (2 * delayMs + 1) ** -0.25
  const listenerEcho = listenerGap / 2 + Math.sqrt(listenerGap ** 2 / 4 + 169)
  const x = Math.log2(delayMs / 100)
  const waiting = delayMs <= 100 ? 0 : 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)
  return talkerEcho + listenerEcho + waiting
}

/** §7.5: what the codec costs when packets are lost (Ie,eff). */
export function equipmentImpairment({ codec, lossPercent, burstRatio = 1 }: Omit<Transmission, 'delayMs'>): number {
  if (lossPercent <= 0) return codec.impairment
  return codec.impairment + ((95 - codec.impairment) * lossPercent) / (lossPercent / burstRatio + codec.robustness)
}

/** The transmission rating R of ITU-T G.107 §7.1, 0 to about 93. */
export function ratingOf(transmission: Transmission): number {
  const { echoLoudness: echo = 65 } = transmission
  const delayMs = Math.max(0, transmission.delayMs)
  const { noise, ratio } = signalToNoise()
  const rating =
    ratio - simultaneous(noise, ratio, delayMs, echo) - delayed(noise, ratio, delayMs, echo) - equipmentImpairment(transmission)
  return Math.max(0, rating)
}

/** The mean opinion score that belongs to a rating, 1 to 4.5 (G.107 Annex B.4). */
export function mosOf(rating: number): number {
  if (rating <= 0) return 1
  if (rating >= 100) return 4.5
  // Between 0 and 6.5 the polynomial falls below 1, which no listener can give.
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)
}

/** Rating and score of a call. */
export function estimateQuality(transmission: Transmission): { readonly rating: number; readonly mos: number } {
  const rating = ratingOf(transmission)
  return { rating, mos: mosOf(rating) }
}
