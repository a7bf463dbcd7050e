export { orderedId } from './ordered-id.ts'
