import { definePolicy, desk, leads, readers } from '../../platform/policy/index.ts'

/** Who sees and works on leads. A representative has those of her own contacts. */
export const leadsPolicy = definePolicy({
  'leads.read': [...readers, 'operator'],
  'leads.write': [...desk],
  'forms.read': [...readers, 'operator'],
  'forms.manage': [...leads],
  /** Sending one: people on its page, and programs by their key. */
  'forms.submit': [...leads, 'visitor'],
  'submissions.read': [...readers, 'operator'],
  /** Letting in or deleting what was held back. */
  'submissions.decide': [...leads, 'member'],
  'pipelines.read': [...readers, 'operator'],
  'pipelines.manage': [...leads],
})
