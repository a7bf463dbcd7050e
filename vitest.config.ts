import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const sizes = { testTimeout: 30_000, hookTimeout: 60_000 }

const whole = {
  ...sizes,
  testTimeout: process.env.FRONTDESK_PROVE ? 60 * 60_000 : 120_000,
  hookTimeout: 120_000,
  // A busy machine may take its time; whoever looks at a screen does as well.
  expect: { poll: { timeout: 15_000 } },
} as const

/** Tests that need the machine for themselves: they kill processes at every moment, or hold an answer to a second. */
const alone = ['tests/{backup,runtime}/**/*.test.ts', 'tests/e2e/story.test.ts', 'tests/prove/kills.test.ts']

/**
 * Three projects, one after the other. `rooms` are the tests beside the code. `whole` are those of the running product that start what they need and look at nothing else, two at a time: a browser and a
 * server wait for each other half of the time. `alone` are the others, one at a time. Every run has one PostgreSQL (tests/setup/postgres.ts).
 */
export default defineConfig({
  test: {
    globalSetup: ['tests/setup/postgres.ts'],
    setupFiles: ['tests/setup/equality.ts'],
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          ...sizes,
          name: 'rooms',
          include: ['apps/*/src/**/*.test.{ts,tsx}', 'packages/*/src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/setup/*.test.ts'],
          // Of two processors vitest would use one; most of these tests wait for the database half of the time.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...whole,
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/setup/**', ...alone],
          // A proof at its full size is measured, so it has the machine for itself as well.
          maxWorkers: process.env.FRONTDESK_PROVE ? 1 : 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          ...whole,
          name: 'alone',
          include: alone,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
