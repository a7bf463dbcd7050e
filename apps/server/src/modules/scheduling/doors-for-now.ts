export async function sendEmail(..._: unknown[]): Promise<void> {}
export async function mailMember(..._: unknown[]): Promise<void> {}
