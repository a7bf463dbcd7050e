/** Who changes the waitlist; the server asks again. */
export const mayChangeWaitlist: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative']
