import { definePolicy, desk, readers } from '../../platform/policy/index.ts'

/** Who reads what was said, and who says something. Billing reads no messages. A representative has those of her own contacts. */
export const conversationsPolicy = definePolicy({
  'conversations.read': [...readers, 'operator'],
  'conversations.write': desk,
})
