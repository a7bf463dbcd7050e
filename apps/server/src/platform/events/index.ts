export { emit } from './emit.ts'
export { eventInventory, eventsInventory, eventTypes } from './events.tables.ts'
export { definePort, definePortList, type Port, type PortList, requireFilledPorts } from './ports.ts'
export { type Subscriber, type SubscriberContext, type SubscriberDescription, subscribe } from './subscribe.ts'
