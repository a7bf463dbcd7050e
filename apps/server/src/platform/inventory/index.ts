export * from './inventory.ts'
