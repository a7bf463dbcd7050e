import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { platformRoutes } from '@frontdesk/contract'
import { keysCopyConfirmed } from './platform/backup/index.ts'
import type { Handlers } from './platform/http/index.ts'
import { definePolicy, readers } from './platform/policy/index.ts'
import { endpointsGivenUp } from './platform/webhooks/index.ts'
import type { Services } from './services.ts'

/** How the server stands is no secret of anybody who works at the desk. */
export const statusPolicy = definePolicy({ 'server.status': [...readers, 'billing'] })

/** The version of this Frontdesk, from the clone's package.json. */
export const frontdeskVersion: string = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../package.json'), 'utf8')).version

/** What the standing banners show. */
export function statusHandlers(services: Services): Handlers<Pick<typeof platformRoutes, 'GET /status'>> {
  return {
    'GET /status': {
      policy: statusPolicy,
      may: 'server.status',
      run: async ({ tx }) => {
        const { config, address, linkBase } = services
        const { reachable } = address.publicAddress()
        return {
          version: frontdeskVersion,
          mail: config.mail.smtp ? 'smtp' : 'outbox_only',
          publicUrl: linkBase(),
          reachable: reachable ? 'from_outside' : config.publicUrl === undefined ? 'this_computer_only' : 'unknown',
          keysCopyConfirmed: keysCopyConfirmed(path.join(config.dataFolder, 'keys'), services.keys),
          demo: config.demo,
          webhooksOff: await endpointsGivenUp(tx),
        }
      },
    },
  }
}
