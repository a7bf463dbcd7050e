import type { ConnectionName, DataCategory, ProcessingPurpose, RecipientKind } from '@frontdesk/contract'

/** What goes through one connection. The fields are all that is sent; tests compare them with what the other side receives. */
export type ConnectionFacts = {
  readonly kind: RecipientKind
  readonly purposes: readonly ProcessingPurpose[]
  readonly categories: readonly DataCategory[]
  readonly fields: readonly string[]
  /** Whether a withdrawn contract stops it here. What the whole server stands on can only be moved elsewhere. */
  readonly guarded: boolean
}

/** Everything this server sends anything to because its operator configured it. */
export const connections: Readonly<Record<ConnectionName, ConnectionFacts>> = {
  smtp: {
    kind: 'processor',
    purposes: ['service', 'communication', 'account', 'compliance'],
    categories: ['name', 'contact_details', 'appointment', 'communication', 'free_text'],
    fields: [
      'from',
      'to',
      'reply-to',
      'subject',
      'date',
      'message-id',
      'text',
      'html',
      'attachments',
      'list-unsubscribe',
      'list-unsubscribe-post',
      'in-reply-to',
      'references',
    ],
    guarded: true,
  },
  imap: {
    kind: 'processor',
    purposes: ['communication'],
    categories: ['name', 'contact_details', 'communication', 'free_text'],
    fields: ['user', 'password', 'mailbox', 'uid', 'flags', 'program'],
    guarded: true,
  },
  s3: {
    kind: 'processor',
    purposes: ['service', 'communication', 'compliance', 'operation'],
    categories: ['communication', 'free_text', 'proof'],
    fields: ['address', 'encrypted bytes'],
    guarded: true,
  },
  google: {
    kind: 'processor',
    purposes: ['account', 'security'],
    categories: ['identifier', 'name', 'contact_details'],
    fields: [
      'client_id',
      'client_secret',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
      'nonce',
      'code_challenge',
      'code_challenge_method',
      'prompt',
      'code',
      'code_verifier',
      'grant_type',
    ],
    guarded: true,
  },
  facebook: {
    kind: 'processor',
    purposes: ['account', 'security'],
    categories: ['identifier', 'name', 'contact_details'],
    fields: [
      'client_id',
      'client_secret',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
      'code',
      'fields',
      'access_token',
      'appsecret_proof',
    ],
    guarded: true,
  },
  database: {
    kind: 'processor',
    purposes: ['service', 'communication', 'account', 'security', 'compliance', 'operation'],
    categories: [
      'name',
      'contact_details',
      'identifier',
      'credential',
      'preference',
      'appointment',
      'communication',
      'behaviour',
      'device',
      'location',
      'financial',
      'free_text',
      'proof',
    ],
    fields: ['every table'],
    guarded: false,
  },
  traces: {
    kind: 'processor',
    purposes: ['operation'],
    categories: ['device'],
    fields: [
      'service.name',
      'service.version',
      'frontdesk.role',
      'http.request.method',
      'http.route',
      'http.response.status_code',
      'url.scheme',
      'messaging.system',
      'messaging.operation.type',
      'messaging.destination.name',
      'messaging.message.id',
      'frontdesk.job.attempt',
      'error.type',
    ],
    guarded: true,
  },
  acme: {
    kind: 'processor',
    purposes: ['operation'],
    categories: ['contact_details'],
    fields: ['termsOfServiceAgreed', 'contact', 'identifiers', 'csr', 'alg', 'nonce', 'url', 'jwk', 'kid'],
    guarded: false,
  },
}
