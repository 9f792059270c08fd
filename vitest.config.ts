import { defineConfig } from 'vitest/config';

const SERVICES = ['tests/support/global-setup.ts'];

interface Project {
  name: string;
  /** Projects of one number run together; a later number waits for the earlier ones. */
  order: number;
  timeoutMs: number;
  services?: boolean;
  /** Whether files run side by side. */
  parallel?: boolean;
}

const PROJECTS: Project[] = [
  { name: 'unit', order: 0, timeoutMs: 20_000, parallel: true },
  { name: 'architecture', order: 0, timeoutMs: 60_000, parallel: true },
  { name: 'contract', order: 1, timeoutMs: 30_000, services: true, parallel: true },
  { name: 'integration', order: 1, timeoutMs: 30_000, services: true, parallel: true },
  { name: 'workflows', order: 2, timeoutMs: 120_000, services: true, parallel: true },
  { name: 'replay', order: 2, timeoutMs: 120_000, services: true, parallel: true },
  { name: 'browser', order: 3, timeoutMs: 240_000, services: true, parallel: true },
  // Fault tests kill servers under load, so they share nothing and run alone.
  { name: 'faults', order: 4, timeoutMs: 300_000, services: true },
];

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default'],
    projects: PROJECTS.map(({ name, order, timeoutMs, services, parallel }) => ({
      test: {
        name,
        include: [`tests/${name}/**/*.test.{ts,tsx}`],
        environment: 'node',
        pool: 'forks' as const,
        ...(services ? { globalSetup: SERVICES } : {}),
        fileParallelism: parallel ?? false,
        sequence: { groupOrder: order },
        testTimeout: timeoutMs,
        hookTimeout: timeoutMs,
        teardownTimeout: 30_000,
        // What is awaited ends the wait; only a failure waits this long, so a slow machine has all the time it needs.
        expect: { poll: { timeout: Math.min(30_000, timeoutMs / 2), interval: 20 } },
      },
    })),
  },
});
