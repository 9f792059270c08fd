// Plays the scenarios on a Temporal server of its own and keeps their histories: node tests/replay/record.ts [name …]
// Conversations' histories stand in a folder of their core's number. One that is there is what runs of that core did, so it is
// never recorded again: a change under which it does not replay needs the next number (src/conversations/core/version.ts).
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { conversationWorkflowId } from '../../src/conversations/gateway.ts';
import { QUEUES } from '../../src/platform/queues.ts';
import { findFreePort } from '../../src/start/ports.ts';
import { startTemporal } from '../../src/start/temporal.ts';
import { findTemporalCli } from '../../src/start/temporal-cli.ts';
import { conversationStateQuery } from '../../workflows/conversation.messages.ts';
import { bundleWorkflows, eventNow, type Lab, newRef, startLab } from '../support/workflow-lab.ts';
import { CATALOG_SCENARIOS } from './catalog-scenarios.ts';
import { historyFile } from './histories.ts';
import { SCENARIOS } from './scenarios.ts';

const WITHIN_MS = 20_000;

async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  const endsAtMs = Date.now() + WITHIN_MS;
  while (!(await check())) {
    if (Date.now() > endsAtMs) throw new Error('What was awaited did not come.');
    await sleep(20);
  }
  // The last workflow task belongs to the history as well.
  await sleep(100);
}

async function record(lab: Lab, name: string): Promise<void> {
  if (Object.hasOwn(CATALOG_SCENARIOS, name)) return keep(name, await playCatalog(lab, name));
  const scenario = SCENARIOS[name];
  if (!scenario) throw new Error(`No scenario is called ${name}.`);
  const ref = newRef();
  const conversations = lab.conversations(scenario.policy);
  const runId = await scenario.play({
    lab,
    ref,
    fakes: lab.fakes(ref),
    conversations,
    receive: (...seqs) => conversations.deliver({ ...ref, events: seqs.map((seq) => eventNow(seq)) }),
    receiveLater: (...seqs) =>
      conversations.deliver({ ...ref, events: seqs.map((seq) => eventNow(seq)), isFirst: false }),
    state: () => lab.handle(ref).query(conversationStateQuery),
    until,
  });
  await keep(name, lab.client.workflow.getHandle(conversationWorkflowId(ref), runId));
}

/** Syncs and re-runs have a worker of their own each, with the scenario's activities. */
async function playCatalog({ connection, namespace, client }: Lab, name: string): Promise<WorkflowHandle> {
  const { activities, play } = CATALOG_SCENARIOS[name] as (typeof CATALOG_SCENARIOS)[string];
  const taskQueue = QUEUES.catalog;
  const workflowBundle = await bundleWorkflows();
  const worker = await Worker.create({ connection, namespace, taskQueue, workflowBundle, activities });
  return worker.runUntil(play(client, until));
}

async function keep(name: string, handle: WorkflowHandle): Promise<void> {
  const history = await handle.fetchHistory();
  const file = historyFile(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(history, null, 1)}\n`);
  process.stdout.write(`${name}: ${history.events?.length} events\n`);
}

async function main(names: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'peyk-record-'));
  const server = await startTemporal({
    cliPath: await findTemporalCli({ cliPath: process.env.TEMPORAL_CLI_PATH ?? null, say: () => {} }),
    port: await findFreePort(),
    namespace: 'default',
    logFile: join(folder, 'temporal.log'),
  });
  try {
    const lab = await startLab({}, server.address);
    for (const name of names.length > 0 ? names : [...Object.keys(SCENARIOS), ...Object.keys(CATALOG_SCENARIOS)]) {
      if (names.length === 0 && existsSync(historyFile(name))) continue;
      if (Object.hasOwn(SCENARIOS, name) && existsSync(historyFile(name)))
        throw new Error(`${name} was recorded with this core. Raise CORE_VERSION, then record again.`);
      await record(lab, name);
    }
    await lab.close();
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

await main(process.argv.slice(2));
