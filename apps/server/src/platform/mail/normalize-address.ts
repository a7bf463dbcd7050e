import { domainToASCII } from 'node:url'

/**
 * The compared form of a mail address: composed, lower case, its domain in ASCII (RFC 5891), so that `müller.de` and `xn--mller-kva.de` are one. Accounts and contacts
 * compare by the same form, or one person would be two.
 */
export function normalizeAddress(typed: string): string {
  const address = typed.normalize('NFC').trim().toLowerCase()
  const at = address.lastIndexOf('@')
  const domain = domainToASCII(address.slice(at + 1))
  return at < 1 || domain === '' ? address : `${address.slice(0, at)}@${domain}`
}
