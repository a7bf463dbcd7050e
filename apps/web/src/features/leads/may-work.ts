/** Who works on leads, and who sets pipelines up; the server asks again. */
export const mayWorkOnLeads: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative']
export const mayManagePipelines: readonly string[] = ['owner', 'admin', 'manager']
