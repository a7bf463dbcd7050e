import { defineConfig } from 'vitest/config'

const sizes = { testTimeout: 30_000, hookTimeout: 60_000 }

/**
 * Two projects: `rooms` are the tests beside the code, side by side; `whole` are the tests of the running product, one file at a time, because they start servers,
 * kill them and count processes. Every run has one PostgreSQL (tests/setup/postgres.ts).
 */
export default defineConfig({
  test: {
    globalSetup: ['tests/setup/postgres.ts'],
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          ...sizes,
          name: 'rooms',
          include: ['apps/*/src/**/*.test.{ts,tsx}', 'packages/*/src/**/*.test.ts', 'scripts/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...sizes,
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          testTimeout: process.env.FRONTDESK_PROVE ? 60 * 60_000 : 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
