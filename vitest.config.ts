import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// As a start does: the threads that read files and set documents load in a third of the time.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/plumbline')

// Files share the modules a worker has loaded: loading them anew for each file takes longer than the tests of most.
const shared = { pool: 'threads', isolate: false, testTimeout: 20_000, hookTimeout: 60_000 } as const

// Two projects, so that rules can be tested without a database.
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: ['src/**/*.db.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'database',
          include: ['src/**/*.db.test.ts'],
          globalSetup: ['src/testing/global-setup.ts'],
        },
      },
    ],
  },
})
