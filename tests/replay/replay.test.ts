import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import type { History } from '../support/history.ts';
import { bundleWorkflows, quietRuntime } from '../support/workflow-lab.ts';
import { CATALOG_SCENARIOS } from './catalog-scenarios.ts';
import { historyFile } from './histories.ts';
import { SCENARIOS } from './scenarios.ts';

const names = [...Object.keys(SCENARIOS), ...Object.keys(CATALOG_SCENARIOS)];

const read = (name: string): History =>
  temporal.api.history.v1.History.fromObject(JSON.parse(readFileSync(historyFile(name), 'utf8')));

const NEXT_CORE =
  'Runs of this core would not go on with the workflow as it is now. Raise CORE_VERSION in ' +
  'src/conversations/core/version.ts, then record histories of the new core: node tests/replay/record.ts';

describe('saved histories', () => {
  let workflowBundle: { code: string };
  beforeAll(async () => {
    quietRuntime();
    workflowBundle = await bundleWorkflows();
  });

  it.each(names)('are there for every scenario, conversations in the number of the present core: %s', (name) => {
    const hint = 'Record it: node tests/replay/record.ts';
    expect(existsSync(historyFile(name)), hint).toBe(true);
    expect(read(name).events?.length, name).toBeGreaterThan(10);
  });

  it.each(names)('replay with the workflow as it is now: %s', async (name) => {
    const replay = Worker.runReplayHistory({ workflowBundle }, read(name));
    await expect(replay, Object.hasOwn(SCENARIOS, name) ? NEXT_CORE : name).resolves.toBeUndefined();
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
