/** Pages about addresses that are told of events. */
export { EndpointPage } from './endpoint-page.tsx'
export { WebhooksPage } from './webhooks-page.tsx'
