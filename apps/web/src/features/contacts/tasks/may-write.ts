/** Who works on tasks; the server asks again. */
export const mayWriteTasks: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative', 'privacy_officer']
