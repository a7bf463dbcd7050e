import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const sizes = { testTimeout: 30_000, hookTimeout: 60_000 }

const whole = {
  ...sizes,
  testTimeout: process.env.FRONTDESK_PROVE ? 60 * 60_000 : 120_000,
  hookTimeout: 240_000,
  // A busy machine may take its time; whoever looks at a screen does as well.
  expect: { poll: { timeout: 15_000 } },
} as const

/** Left out of this run, if anything is: the option `--exclude` would not reach a project that has a list of its own. */
const leftOut = process.env.FRONTDESK_TEST_LEAVE_OUT?.split(' ') ?? []

/** Tests that need the machine for themselves: they kill processes at every moment, or hold an answer to a second. */
const alone = ['tests/{backup,runtime}/**/*.test.ts', 'tests/e2e/story.test.ts', 'tests/prove/kills.test.ts']

/** What takes longest, so that nothing long is left when the others are done. Each takes half a minute or more on two processors. */
const longest = [
  ...['e2e/accessibility', 'e2e/requests', 'web/own-account', 'e2e/rights', 'e2e/registers', 'e2e/ages-and-places', 'prove/import-kills'],
  ...[
    'prove/webhooks',
    'e2e/known-facts',
    'security/every-route',
    'e2e/leads',
    'e2e/duplicates',
    'e2e/segments',
    'e2e/import',
    'prove/small-machine',
  ],
].map((name) => `/tests/${name}.test.ts`)

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.endsWith(name))
      return at < 0 ? longest.length : at
    }
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other))
  }
}

/**
 * Three projects, one after the other. `rooms` are the tests beside the code. `whole` are those of the running product that start what they need and look at nothing else, three at a time on two processors: a
 * browser and a server wait for each other half of the time. `alone` are the others, one at a time. Every run has one PostgreSQL (tests/setup/postgres.ts).
 */
export default defineConfig({
  test: {
    globalSetup: ['tests/setup/postgres.ts'],
    setupFiles: ['tests/setup/equality.ts'],
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          ...sizes,
          name: 'rooms',
          include: ['apps/*/src/**/*.test.{ts,tsx}', 'packages/*/src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/setup/*.test.ts'],
          exclude: leftOut,
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
          exclude: ['tests/setup/**', ...alone, ...leftOut],
          // A proof at its full size is measured, so it has the machine for itself as well.
          maxWorkers: process.env.FRONTDESK_PROVE ? 1 : Math.max(3, availableParallelism() - 1),
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          ...whole,
          name: 'alone',
          include: alone,
          exclude: leftOut,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
