/** Words of the outbox room. */
export const words = {
  empty: 'Every mail will stand here exactly as it would go out, until a mail server is set up.',
  share: 'Share your booking link',
} as const
