/** Who adds and changes companies; the server asks again. */
export const mayWriteCompanies: readonly string[] = ['owner', 'admin', 'manager', 'member', 'privacy_officer']
