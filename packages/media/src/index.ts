export {
  AnswerDetector,
  type AnswerEvent,
  type AnsweredBy,
  type AnswerReason,
  type AnswerVerdict,
} from './answering/detect-answer.ts'
export { type AnswerParameters, carefulParameters } from './answering/parameters.ts'
export { VoiceActivity } from './answering/voice-activity.ts'
export { compressG711, expandG711, type Law, silence } from './audio/g711.ts'
export { addSamples, type ByteOrder, clampSample, levelDbov, readPcm16, rmsOf, scaleSamples, writePcm16 } from './audio/pcm.ts'
export { type Rate, type Resampler, resampler } from './audio/resample.ts'
export { type ClockHealth, type ClockSource, MediaClock, type Turn } from './clock/media-clock.ts'
export { mediaProcessFlags } from './clock/process-flags.ts'
export { Mixer, type Seat } from './mixing/mixer.ts'
export { type Heard, Player, type PlayerEvent } from './playing/player.ts'
export { Recorder, type Recording, type RecordingGap } from './playing/recorder.ts'
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
export type { Drop } from './session/drops.ts'
export { Latch, type LatchVerdict, type Latitude, type MediaAddress } from './session/latch.ts'
export { joinPorts, type MediaEvent, type MediaPort, type MediaQuality } from './session/media-port.ts'
export { bridge, RelayLeg, type RelaySide } from './session/relay.ts'
export { type RtpAgreement, type RtpGround, RtpPort } from './session/rtp-port.ts'
export { acceptCrypto, type CryptoFault, type CryptoLine, type CryptoReading, chooseCrypto, readCrypto, writeCrypto } from './srtp/sdes.ts'
export { SrtcpReceiver, SrtcpSender } from './srtp/srtcp.ts'
export { type SrtpFault, SrtpReceiver, SrtpSender } from './srtp/srtp.ts'
export { masterBytes as srtpMasterBytes, type SrtpSuite, srtpSuites } from './srtp/suite.ts'
export { type Digit, digits, isDigit } from './tones/digits.ts'
export { KeyDetector } from './tones/key-detector.ts'
export { type NetworkTone, networkTones, type ToneCountry, type TonePlan, type ToneStep } from './tones/plan.ts'
export {
  type EventPayload,
  EventReceiver,
  EventSender,
  type EventStep,
  eventPayloadBytes,
  type PressedKey,
  readEvent,
  writeEvent,
} from './tones/telephone-event.ts'
export { type HeardTone, ToneDetector } from './tones/tone-detector.ts'
export { keyTones, recordBeep, ToneGenerator } from './tones/tone-generator.ts'
export { readWav, type WavReading, type WavRefusal, wavChannel } from './wav/read-wav.ts'
export { headerBytes as wavHeaderBytes, type WavEncoding, type WavFormat } from './wav/wav-header.ts'
export { mendWav, type WavWriter, type WriteAt, wavWriter } from './wav/write-wav.ts'
