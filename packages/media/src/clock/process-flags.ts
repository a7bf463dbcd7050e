/**
 * How Node is to be started for a process that carries calls on one core. V8's helpers share that core with the thread they wait for: at real-time
 * priority they hold it up until the kernel steps in, and a relayed packet costs seven times as much (`npm run bench -- media`). A larger nursery makes
 * the pauses for collecting rarer.
 */
export const mediaProcessFlags: readonly string[] = ['--single-threaded', '--max-semi-space-size=32']
