export { followClockBack, orderedId } from './ordered-id.ts'
