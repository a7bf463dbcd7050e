export { endSessionStreams } from './end-session-streams.ts'
export { type HubSettings, type Outlet, openRealtime, type RealtimeHub, type StreamOwner } from './hub.ts'
export { type RealtimeNotice, realtimeChannel } from './notice.ts'
export { type RealtimeDeps, realtimePages } from './realtime-pages.ts'
