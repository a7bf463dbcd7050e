export { compressG711, expandG711, type Law, silence } from './audio/g711.ts'
export { addSamples, type ByteOrder, clampSample, levelDbov, readPcm16, rmsOf, scaleSamples, writePcm16 } from './audio/pcm.ts'
export { type Rate, type Resampler, resampler } from './audio/resample.ts'
export { Concealer } from './playout/concealer.ts'
export { JitterBuffer, type PlayoutBounds, type PlayoutCounts, type Pulled, type PutResult } from './playout/jitter-buffer.ts'
export {
  type CodecImpairment,
  codecImpairments,
  equipmentImpairment,
  estimateQuality,
  mosOf,
  ratingOf,
  type Transmission,
} from './quality/e-model.ts'
export { ReceivedStream, type Reception, type ReceptionQuality } from './rtp/reception.ts'
export {
  type Report,
  type ReportBlock,
  type RtcpFault,
  type RtcpPart,
  type RtcpReading,
  readRtcp,
  type SenderInfo,
  writeRtcp,
} from './rtp/rtcp-packet.ts'
export { emptyRtpHeader, isRtcp, type RtpFault, type RtpHeader, readRtp, rtpHeaderBytes, writeRtpHeader } from './rtp/rtp-packet.ts'
export { packetFor, reportIntervalMs, SentStream, type StreamStart } from './rtp/sending.ts'
export { sequenceDistance, sequencePlus, timestampDistance, timestampPlus } from './rtp/sequence.ts'
export { compactNtp, type NtpTime, ntpTime, roundTripMs } from './rtp/wall-clock.ts'
export { readWav, type WavReading, type WavRefusal, wavChannel } from './wav/read-wav.ts'
export { headerBytes as wavHeaderBytes, type WavEncoding, type WavFormat } from './wav/wav-header.ts'
export { mendWav, type WavWriter, type WriteAt, wavWriter } from './wav/write-wav.ts'
