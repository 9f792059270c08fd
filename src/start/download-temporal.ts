// node download-temporal.ts <dev-server|time-skipping> <folder> [version]: lets Temporal's own test library fetch a
// server program into the folder. It can only do so by starting the server, so that is stopped again at once.
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [kind, folder, version] = process.argv.slice(2);
if (!kind || !folder) throw new Error('usage: download-temporal.ts <dev-server|time-skipping> <folder> [version]');
const executable = {
  type: 'cached-download' as const,
  downloadDir: folder,
  ...(version ? { version: `v${version}` } : {}),
};
const server = { executable };
const environment =
  kind === 'dev-server'
    ? await TestWorkflowEnvironment.createLocal({ server })
    : await TestWorkflowEnvironment.createTimeSkipping({ server });
await environment.teardown();
process.exit(0);
