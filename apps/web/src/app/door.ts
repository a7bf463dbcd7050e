/** Whether an address is the page on which a second factor is set up and proved: all that a workspace that asks for one shows without it. */
export const isDoor = (href: string): boolean => /^\/w\/[^/?#]+\/settings\/security(?:[?#]|$)/.test(href)
