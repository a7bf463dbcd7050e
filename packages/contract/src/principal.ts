import type { ApiKeyId, BookingId, ContactId, MemberId, SessionId, UserId, WorkspaceId } from './ids.ts'

/** What a member may be in a workspace; one policy file a room says what each may do. */
export const roles = [
  'owner',
  'admin',
  'manager',
  'member',
  'representative',
  'billing',
  'support',
  'auditor',
  'read_only',
  'privacy_officer',
] as const
export type Role = (typeof roles)[number]

/** Who acts, in one workspace. */
export type Principal =
  | {
      readonly kind: 'member'
      readonly workspaceId: WorkspaceId
      readonly memberId: MemberId
      readonly userId: UserId
      readonly role: Role
      /** When she last proved that it is her; handing out access asks for a recent proof. */
      readonly authenticatedAt?: Temporal.Instant
      /** She has not confirmed the rules for personal data in time, and the business keeps her from it until then. */
      readonly suspended?: true
      /** Her session proved no second factor, and the business lets nobody in without one. */
      readonly lacksSecondFactor?: true
    }
  | {
      readonly kind: 'api_key'
      readonly workspaceId: WorkspaceId
      readonly keyId: ApiKeyId
      readonly scopes: readonly string[]
      readonly test: boolean
      /** Whoever made it is kept from personal data. */
      readonly suspended?: true
    }
  /** The bearer of a signed link about one contact, for instance to move a booking. */
  | { readonly kind: 'contact_link'; readonly workspaceId: WorkspaceId; readonly contactId: ContactId; readonly bookingId?: BookingId }
  /** Somebody unknown on a public page. */
  | { readonly kind: 'visitor'; readonly workspaceId: WorkspaceId }
  /** The operator of the server, inside a time-boxed grant that the workspace gave and sees. */
  | {
      readonly kind: 'operator'
      readonly workspaceId: WorkspaceId
      readonly grantId: string /** `read` looks like a read-only member, `change` like an admin. */
      readonly access: 'read' | 'change'
    }
  /** A job or a subscriber of our own. */
  | { readonly kind: 'system'; readonly workspaceId: WorkspaceId; readonly job: string }

/** Somebody signed in, before a workspace is chosen. */
export type Person = { readonly userId: UserId; readonly sessionId: SessionId; readonly authenticatedAt: Temporal.Instant }
