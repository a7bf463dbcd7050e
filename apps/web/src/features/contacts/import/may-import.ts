/** Who brings lists; the server asks again. */
export const mayImport: readonly string[] = ['owner', 'admin', 'manager']
