import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readWorkflowBundle } from '../platform/temporal/workflow-bundle.ts';
import { waitForExit } from './processes.ts';

/**
 * Bundles the workflows when what they are made of changed since the last time; in a process of its own, because a bundler
 * fills the memory. A failure only costs the worker its quick start: it then bundles them itself and says what is wrong.
 */
export async function buildWorkflows(say: (line: string) => void): Promise<void> {
  if (readWorkflowBundle() !== null) return;
  say('Bundling the workflows.');
  const script = join(import.meta.dirname, 'bundle-workflows.ts');
  const child = spawn(process.execPath, [script], { stdio: 'ignore' });
  const { code, signal } = await waitForExit(child);
  if (code !== 0) say(`The workflows were not bundled in advance (ended with ${code ?? signal}).`);
}
