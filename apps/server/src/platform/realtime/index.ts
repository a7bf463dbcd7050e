export { type RealtimeNotice, realtimeChannel } from './notice.ts'
