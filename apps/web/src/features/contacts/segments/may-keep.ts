/** Who keeps segments; the server asks again. */
export const mayKeepSegments: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative', 'privacy_officer']
/** Who shows segments to everybody, and makes lists. */
export const mayShareSegments: readonly string[] = ['owner', 'admin', 'manager', 'member']
/** Who puts people on lists, and changes many at once. */
export const mayFillLists: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative']
