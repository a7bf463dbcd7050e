import { workspaceDataVersion } from '@frontdesk/contract'

const names = { type: 'array', items: { type: 'string' } } as const

/** The JSON schema of `data.json` in the copy of a workspace. The rows beside it have the columns that it names. */
export const workspaceDataSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What the copy of a workspace holds',
  description:
    'Rows are in tables/<table>/<number>.json, each an array of objects with these columns, in the order in which they were made.',
  type: 'object',
  required: ['schema', 'version', 'exportedAt', 'workspaceId', 'business', 'tables'],
  properties: {
    schema: { const: 'frontdesk-workspace-data' },
    version: { const: workspaceDataVersion },
    exportedAt: { type: 'string', format: 'date-time' },
    workspaceId: { type: 'string', format: 'uuid' },
    business: { type: 'string' },
    tables: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['columns', 'mails', 'leftOut'],
        properties: {
          columns: {
            type: 'object',
            additionalProperties: {
              type: 'object',
              required: ['kind'],
              properties: {
                kind: { enum: ['system', 'reference', 'personal'] },
                to: { type: 'string', description: 'Whose id it is.' },
                category: { type: 'string' },
                purpose: { type: 'string' },
                basis: { type: 'string' },
                retention: { type: 'string' },
              },
              additionalProperties: false,
            },
          },
          mails: { ...names, description: 'Kept as <table>/<id>.eml.' },
          leftOut: { ...names, description: 'Secrets and keyed hashes.' },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
} as const
