import { defineConfig } from 'vitest/config';

const SERVICES = ['tests/support/global-setup.ts'];

interface Project {
  name: string;
  /** Projects of one number run together; a later number waits for the earlier ones. */
  order: number;
  timeoutMs: number;
  services?: boolean;
  /** Files that run side by side; one after the other unless told. */
  workers?: number;
  /** Files by what they are and are not; all of the folder of the project's name unless told. */
  files?: { include: string[]; exclude?: string[] };
}

/** Fault tests that kill servers while customers write as fast as the machine takes it: each needs all of it. */
const ALONE = ['crashes', 'deliveries', 'deploys', 'frozen-database', 'production-temporal'].map(
  (name) => `tests/faults/${name}.test.ts`,
);

const PROJECTS: Project[] = [
  { name: 'unit', order: 0, timeoutMs: 20_000, workers: 2 },
  { name: 'architecture', order: 0, timeoutMs: 60_000, workers: 2 },
  { name: 'contract', order: 1, timeoutMs: 30_000, services: true, workers: 2 },
  { name: 'integration', order: 1, timeoutMs: 30_000, services: true, workers: 2 },
  { name: 'workflows', order: 2, timeoutMs: 120_000, services: true, workers: 2 },
  { name: 'replay', order: 2, timeoutMs: 120_000, services: true, workers: 2 },
  { name: 'browser', order: 3, timeoutMs: 240_000, services: true, workers: 2 },
  // Fault tests kill servers, so they share nothing. Most of them mostly wait: for time-outs, and for what looks again.
  {
    name: 'faults-together',
    order: 4,
    timeoutMs: 300_000,
    services: true,
    workers: 3,
    files: { include: ['tests/faults/**/*.test.ts'], exclude: ALONE },
  },
  { name: 'faults', order: 5, timeoutMs: 300_000, services: true, files: { include: ALONE } },
];

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: PROJECTS.map(({ name, order, timeoutMs, services, workers = 1, files }) => ({
      test: {
        name,
        ...(files ?? { include: [`tests/${name}/**/*.test.{ts,tsx}`] }),
        environment: 'node',
        pool: 'forks' as const,
        ...(services ? { globalSetup: SERVICES } : {}),
        fileParallelism: workers > 1,
        maxWorkers: workers,
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
