import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadWorkflowBundle, readWorkflowBundle } from '../../src/platform/temporal/workflow-bundle.ts';

/** The bundle of a clone of the test's own, whose files change. */
const ROOT = join(import.meta.dirname, '../..');
const SOURCES = ['src', 'workflows', 'activities', 'package.json'];
const TOOL = 'node_modules/swc-loader/package.json';

let root: string;
let bundled: string;
const stored = () => join(root, 'workflows/dist/bundle.json');
const load = (onUnwritable: (error: unknown) => void = () => undefined) =>
  loadWorkflowBundle({ root, logger: new DefaultLogger('ERROR'), onUnwritable });

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'peyk-bundle-'));
  for (const name of SOURCES) cpSync(join(ROOT, name), join(root, name), { recursive: true });
  rmSync(join(root, 'workflows/dist'), { recursive: true, force: true });
  mkdirSync(join(root, 'node_modules/swc-loader'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== 'swc-loader') symlinkSync(join(ROOT, 'node_modules', name), join(root, 'node_modules', name));
  cpSync(join(ROOT, TOOL), join(root, TOOL));
  // As on a disk whose clock is ahead of the machine's.
  const soon = new Date(Date.now() + 60_000);
  for (const path of [TOOL, 'workflows/index.ts']) utimesSync(join(root, path), soon, soon);
  const first = await load();
  expect(first.isNew).toBe(true);
  bundled = readFileSync(stored(), 'utf8');
});
beforeEach(() => writeFileSync(stored(), bundled));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Changes a file for as long as `look` runs. */
async function withChange(path: string, change: (file: string) => void, look: () => unknown): Promise<void> {
  const file = join(root, path);
  const before = readFileSync(file);
  change(file);
  try {
    await look();
  } finally {
    writeFileSync(file, before);
  }
}
const addLine = (file: string) => appendFileSync(file, '\n');

describe('loadWorkflowBundle', () => {
  it('takes the kept bundle while what it was made of is as it was', async () => {
    const { code, isNew } = await load();
    expect(isNew).toBe(false);
    expect(code).toContain('catalogSyncOnSchedule');
  });

  it.each([
    'workflows/conversation.workflow.ts',
    'workflows/index.ts',
    'src/conversations/core/transition.ts',
    'src/timer-kinds.ts',
    'src/orders/timers.ts',
    TOOL,
  ])('does not take it when %s is another', async (path) => {
    await withChange(path, addLine, () => expect(readWorkflowBundle(root)).toBeNull());
    expect(readWorkflowBundle(root)).not.toBeNull();
  });

  it('takes it when a file changes that no workflow runs', async () => {
    await withChange('activities/index.ts', addLine, () => expect(readWorkflowBundle(root)).not.toBeNull());
  });

  it('bundles what a changed workflow says, and keeps that', async () => {
    const path = 'workflows/rerun.workflow.ts';
    const say = (file: string) =>
      writeFileSync(file, readFileSync(file, 'utf8').replace("'failed'", "'failed' /* as changed */"));
    await withChange(path, say, async () => {
      const changed = await load();
      expect(changed.isNew).toBe(true);
      expect(changed.code).toContain('as changed');
      expect(readWorkflowBundle(root)).toBe(changed.code);
    });
    expect(readWorkflowBundle(root)).toBeNull();
  });

  it('never takes one of which a file changed while it was bundled', async () => {
    const path = 'workflows/rerun.workflow.ts';
    const file = join(root, path);
    const before = readFileSync(file);
    rmSync(stored());
    // The bundler says that it is done after it has read everything, and before anything is kept.
    const logger = new DefaultLogger('INFO', ({ message }) => {
      if (message === 'Workflow bundle created') addLine(file);
    });
    const { code } = await loadWorkflowBundle({ root, logger });
    expect(readFileSync(file, 'utf8')).toBe(`${before}\n`);
    expect(readWorkflowBundle(root)).toBeNull();
    // It is the bundle of what was read, so it is the right one again when the change is undone.
    writeFileSync(file, before);
    expect(readWorkflowBundle(root)).toBe(code);
  });

  it.each(['torn', 'empty', 'gone'])('makes it anew when the kept one is %s', async (how) => {
    if (how === 'gone') rmSync(stored());
    else truncateSync(stored(), how === 'torn' ? 100_000 : 0);
    expect(readWorkflowBundle(root)).toBeNull();
    if (how !== 'torn') return;
    expect((await load()).isNew).toBe(true);
    expect((await load()).isNew).toBe(false);
  });

  it('bundles where nothing can be kept, and says so', async () => {
    rmSync(join(root, 'workflows/dist'), { recursive: true });
    writeFileSync(join(root, 'workflows/dist'), '');
    const errors: unknown[] = [];
    const { code } = await load((error) => errors.push(error));
    expect(code).toContain('catalogSyncOnSchedule');
    expect(errors).toHaveLength(1);
    rmSync(join(root, 'workflows/dist'));
    mkdirSync(join(root, 'workflows/dist'));
  });
});
