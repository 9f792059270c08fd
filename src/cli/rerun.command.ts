import { setTimeout as sleep } from 'node:timers/promises';
import { confirm } from '@inquirer/prompts';
import { createSettings, modelInUse } from '../composition.ts';
import { ensureDefaultBusiness } from '../platform/auth/auth-store.ts';
import type { Database } from '../platform/database/client.ts';
import { createReruns } from '../replies/reruns/gateway.ts';
import { createRerunPlanner, type RerunEstimate } from '../replies/reruns/planner.ts';
import { MAX_RERUN_DAYS, MAX_RERUN_TURNS } from '../replies/reruns/rules.ts';
import { type CommandContext, CommandError, type Outcome, UsageError } from './command.ts';
import { openEngine } from './engine.ts';

export interface RerunOptions {
  prompt?: string;
  model?: string;
  days: string;
  limit: string;
  yes?: boolean;
  dryRun?: boolean;
  wait: boolean;
}

const LOOK_EVERY_MS = 500;
const BAR_CELLS = 24;

function readCount(name: string, value: string, max: number): number {
  const count = Number(value);
  if (!/^\d{1,5}$/.test(value) || count < 1 || count > max)
    throw new UsageError(`--${name} takes a whole number from 1 to ${max}.`);
  return count;
}

/** Millionths of a dollar for people. */
function toDollars(costMicros: number | null): string {
  return costMicros === null
    ? 'a cost that is not known (no price list has this model)'
    : `$${(costMicros / 1e6).toFixed(4)}`;
}

function describe({ turns, promptVersion, model, inputTokens, outputTokens, ...estimate }: RerunEstimate): string {
  const prompt = `prompt ${promptVersion || 'in use'}`;
  const tokens = `${inputTokens} tokens in, ${outputTokens} out`;
  const note = estimate.ignoresPrompt ? '\nThe built-in responder answers by rules; a prompt changes nothing.' : '';
  return `${turns} recorded turns with ${prompt} and model ${model}: about ${tokens}, ${toDollars(estimate.costMicros)}. Nothing is sent.${note}`;
}

/** Thinks recorded turns over with another prompt or model; shows the cost and asks before it begins. */
export async function rerun(context: CommandContext, options: RerunOptions): Promise<Outcome> {
  const { config, terminal } = context;
  const { prompt, model } = options;
  const days = readCount('days', options.days, MAX_RERUN_DAYS);
  const limit = readCount('limit', options.limit, MAX_RERUN_TURNS);
  const db = context.database();
  const businessId = await ensureDefaultBusiness(db);
  const client = openEngine(context);
  try {
    const planner = createRerunPlanner({
      db,
      reruns: createReruns(client),
      modelInUse: modelInUse(createSettings(config, db)),
    });
    const question = { businessId, prompt, model, days, limit };
    const estimate = await planner.estimate(question);
    if (options.dryRun) return { text: describe(estimate), data: { estimate, rerunId: null } };
    terminal.writeError(`${describe(estimate)}\n`);
    if (!options.yes && !(await isConfirmed(context)))
      return { text: 'Nothing was done.', data: { estimate, rerunId: null } };
    const { id } = await planner.start(question, 'cli');
    if (!options.wait) return { text: `Re-run ${id} has begun.`, data: { estimate, rerunId: id } };
    return await watch(db, id, estimate, (line) => terminal.writeError(line));
  } finally {
    await client.connection.close();
  }
}

async function isConfirmed({ terminal }: CommandContext): Promise<boolean> {
  if (!terminal.stdin.isTTY) throw new UsageError('Say --yes to begin; there is no terminal to ask at.');
  return confirm({ message: 'Begin?', default: false });
}

/** Shows how far it is until it has ended. Ctrl-C ends only the watching: the worker goes on. */
async function watch(
  db: Database,
  id: string,
  estimate: RerunEstimate,
  show: (line: string) => void,
): Promise<Outcome> {
  for (let shown = -1; ; ) {
    const row = await db.rerun.findUnique({ where: { id } });
    if (!row) throw new CommandError('The re-run was removed.');
    if (row.done !== shown) show(`${barOf(row.done, row.total)}\n`);
    shown = row.done;
    if (row.state !== 'queued' && row.state !== 'running') {
      const { state, total, done, failed, changed } = row;
      const costMicros = Number(row.costMicros);
      const cost = toDollars(estimate.costMicros === null ? null : costMicros);
      if (state === 'failed')
        throw new CommandError(`The re-run failed after ${done} of ${total} turns; see the panel.`);
      const text = `${state}: ${done} of ${total} turns, ${changed} answered otherwise, ${failed} without an answer, ${cost}. Side by side: panel, re-runs, ${id}.`;
      return { text, data: { rerunId: id, state, total, done, failed, changed, costMicros, estimate } };
    }
    await sleep(LOOK_EVERY_MS);
  }
}

function barOf(done: number, total: number): string {
  const full = total === 0 ? BAR_CELLS : Math.round((done / total) * BAR_CELLS);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_CELLS - full)}] ${done}/${total}`;
}
