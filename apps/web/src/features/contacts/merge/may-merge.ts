/** Who merges contacts and undoes it; the server asks again. */
export const mayMerge: readonly string[] = ['owner', 'admin', 'manager', 'member', 'privacy_officer']
