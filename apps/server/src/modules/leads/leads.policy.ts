import { definePolicy, desk, leads, readers } from '../../platform/policy/index.ts'

/** Who sees and works on leads. A representative has those of her own contacts. */
export const leadsPolicy = definePolicy({
  'leads.read': [...readers, 'operator'],
  'leads.write': [...desk],
  'pipelines.read': [...readers, 'operator'],
  'pipelines.manage': [...leads],
})
