/** Who takes lists out; the server asks again, and gives a representative her own contacts alone. */
export const mayExport: readonly string[] = ['owner', 'admin', 'manager', 'representative']
