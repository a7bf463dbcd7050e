/** Looks like `name@example.com`; the server and the mail that arrives say the rest. */
export const looksLikeEmail = (text: string): boolean => /^\S+@\S+\.\S+$/.test(text.trim())

/** How many characters a person counts. */
export const lengthOf = (text: string): number => [...text].length

/** A space, a line break or nothing. */
export const isBlank = (text: string): boolean => text.trim() === ''
