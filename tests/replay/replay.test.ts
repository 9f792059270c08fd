import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import type { History } from '../support/history.ts';
import { bundleWorkflows, quietRuntime } from '../support/workflow-lab.ts';
import { CATALOG_SCENARIOS } from './catalog-scenarios.ts';
import { SCENARIOS } from './scenarios.ts';

const FOLDER = join(import.meta.dirname, 'histories');
const names = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));

const read = (name: string): History =>
  temporal.api.history.v1.History.fromObject(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')));

describe('saved histories', () => {
  let workflowBundle: { code: string };
  beforeAll(async () => {
    quietRuntime();
    workflowBundle = await bundleWorkflows();
  });

  it('are there for every scenario', () => {
    expect(names.sort()).toEqual([...Object.keys(SCENARIOS), ...Object.keys(CATALOG_SCENARIOS)].sort());
    for (const name of names) expect(read(name).events?.length, name).toBeGreaterThan(10);
  });

  it.each(names)('replay with the workflow as it is now: %s', async (name) => {
    await Worker.runReplayHistory({ workflowBundle }, read(name));
  });

  it.each(names)('do not replay with a workflow that does something else: %s', async (name) => {
    const changed = await bundleWorkflowCode({
      workflowsPath: join(import.meta.dirname, 'changed.workflow.ts'),
      logger: new DefaultLogger('ERROR'),
    });
    const replay = Worker.runReplayHistory({ workflowBundle: changed }, read(name));
    await expect(replay).rejects.toThrow(DeterminismViolationError);
  });

  it('do not replay once what they say was done is changed', async () => {
    const history = read('answers-bursts');
    const scheduled = history.events?.find((event) => event.activityTaskScheduledEventAttributes);
    if (scheduled?.activityTaskScheduledEventAttributes)
      scheduled.activityTaskScheduledEventAttributes.activityType = { name: 'another' };
    await expect(Worker.runReplayHistory({ workflowBundle }, history)).rejects.toThrow(DeterminismViolationError);
  });
});
