export { type Clock, machineClock } from './clock.ts'
export {
  ackIn,
  afterResponse,
  contactAt,
  type Dialog,
  type Draft,
  dialogKey,
  dialogOfClient,
  dialogOfServer,
  keyOfRequest,
  keyOfResponse,
  nextHop,
  receive,
  requestIn,
  routed,
} from './dialogs/dialog.ts'
export { type Abilities, inspect, type ResponseParts, responseTo } from './dialogs/responses.ts'
export { type Algorithm, digestResponse, secretHash } from './digest/digest.ts'
export { authorize, type Credentials, type DigestMemory, type DigestStep, takeChallenges } from './digest/digest-client.ts'
export { type DigestRealm, DigestServer, type KnownSecret, type Verdict } from './digest/digest-server.ts'
export {
  failsOver,
  type LocateOptions,
  locate,
  type Naptr,
  type Resolver,
  type Srv,
  type Target,
  type TransportName,
} from './location/locate.ts'
export { type Framed, MessageFramer } from './messages/framing.ts'
export { limits, type Parameter, parameter, SyntaxFault, withParameter } from './messages/grammar.ts'
export type { AuthorizationValue, CSeq, Parametrized, RAck, Replaces } from './messages/header-values.ts'
export type { Contacts, CoreHeaders, HeaderName, Headers } from './messages/headers.ts'
export { isAddress, isHost, isIpv4, isIpv6 } from './messages/host.ts'
export { isRequest, noBody, reasonPhrases, type SipMessage, type SipRequest, type SipResponse } from './messages/message.ts'
export { type NameAddr, tagOf } from './messages/name-addr.ts'
export { type Fault, type Parsed, parseMessage } from './messages/parse-message.ts'
export {
  escapedUser,
  isSipUri,
  type OtherUri,
  parseUri,
  type SipUri,
  sameUri,
  type Uri,
  unescaped,
  uriParameter,
  writeUri,
} from './messages/uri.ts'
export { branchOf, hasUniqueBranch, magicCookie, responseAddress, type Via, withSource } from './messages/via.ts'
export { writeMessage } from './messages/write-message.ts'
export { type Binding, type RegisterOutcome, type RegistrarLimits, register, usualLimits } from './registration/registrar.ts'
export {
  newRegistration,
  type Registration,
  type RegistrationEffect,
  type RegistrationEvent,
  stepRegistration,
} from './registration/registration.ts'
export {
  attribute,
  type Codec,
  codecsOf,
  type Direction,
  directionOf,
  keysOf,
  narrower,
  reverse,
  type SdesKey,
  sameCodec,
} from './sdp/media.ts'
export {
  type Agreed,
  type Agreement,
  type Answered,
  answerOffer,
  type LocalAudio,
  makeNextOffer,
  makeOffer,
  readAnswer,
  type SessionIds,
} from './sdp/offer-answer.ts'
export { type MediaSection, type ParsedSdp, parseSdp, type Sdp, writeSdp } from './sdp/sdp.ts'
export { glare, mayOffer, noOffers, type Offers, retryAfter491 } from './sessions/offers.ts'
export {
  acknowledge,
  isNext,
  type ReliableClient,
  type ReliableServer,
  reliableTimer,
  sendReliable,
  startReliable,
} from './sessions/reliable.ts'
export {
  answerTimer,
  askForTimer,
  leastAfter422,
  leastSeconds,
  type SessionTimer,
  timerOfClient,
  timesOf,
  usualSeconds,
} from './sessions/session-timer.ts'
export { dnsResolver } from './sockets/dns-resolver.ts'
export { type Local, type Peer, type TransportOptions, Transports } from './sockets/transports.ts'
export {
  type ClientTransaction,
  type ClientUser,
  type Send,
  type ServerTransaction,
  type ServerUser,
  TransactionLayer,
} from './transactions/layer.ts'
export { cancelledKey, clientKey, serverKey } from './transactions/matching.ts'
export { type Failure, T1, T2, T4 } from './transactions/timers.ts'
export {
  type Arrived,
  type Counts,
  Endpoint,
  type EndpointOptions,
  type External,
  type RequestUser,
  type Sent,
} from './user-agent/endpoint.ts'
export { IncomingCall } from './user-agent/incoming-call.ts'
export { OutgoingCall } from './user-agent/outgoing-call.ts'
export { Registered, type RegistrationWish } from './user-agent/registered.ts'
export { type AuthorizedUser, sendAuthorized } from './user-agent/send-authorized.ts'
export { type CallEvents, type CallGround, type Ending, type Outcome, Session } from './user-agent/session.ts'
export { type CallWish, UserAgent, type UserAgentOptions } from './user-agent/user-agent.ts'
