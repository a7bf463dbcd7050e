import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const sizes = { testTimeout: 30_000, hookTimeout: 60_000 }

/**
 * Two projects, one after the other: `rooms` are the tests beside the code, side by side; `whole` are the tests of the running product, one file at a time, because they start servers,
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
          // Of two processors vitest would use one; most of these tests wait for the database half of the time.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          sequence: { groupOrder: 1 },
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
          // A busy machine may take its time; whoever looks at a screen does as well.
          expect: { poll: { timeout: 15_000 } },
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
