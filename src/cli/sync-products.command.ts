import { setTimeout as sleep } from 'node:timers/promises';
import cliProgress from 'cli-progress';
import { createRun, findRun, finishRun, type SyncRun } from '../db/sync-run-store.ts';
import { newId } from '../inbox/new-id.ts';
import { createCatalogSyncs } from '../temporal/catalog-syncs.ts';
import { openTemporal } from '../temporal/client.ts';
import { type CommandContext, CommandError, type Outcome, type Terminal, UsageError } from './command.ts';

export interface SyncProductsOptions {
  business?: string;
  source?: string;
  force?: boolean;
  wait: boolean;
}

const LOOK_EVERY_MS = 500;

/** Reads the shop now, and shows how far it is. Ctrl-C leaves the run going: it is the worker's. */
export async function syncProducts(context: CommandContext, options: SyncProductsOptions): Promise<Outcome> {
  const { config } = context;
  if (!config.temporal.address) throw new CommandError('Peyk is not running in this folder. Start it with npm start.');
  const db = context.database();
  const business = options.business
    ? await db.business.findFirst({ where: { slug: options.business } })
    : await db.business.findFirst({ orderBy: { createdAt: 'asc' } });
  if (!business) throw new UsageError('There is no such business.');
  const source = options.source
    ? await db.catalogSource.findFirst({
        where: { businessId: business.id, OR: [{ url: options.source }, { kind: options.source }] },
      })
    : null;
  if (options.source && !source)
    throw new UsageError('There is no such source: name its kind (torob, sitemap) or address.');
  const client = openTemporal({ ...config.temporal, address: config.temporal.address });
  try {
    const syncs = createCatalogSyncs(client);
    const id = newId();
    const workflowId = syncs.workflowId(business.id);
    const sourceId = source?.id ?? null;
    await createRun(db, { id, businessId: business.id, source: sourceId ?? 'all', startedBy: 'cli', workflowId });
    try {
      await syncs.start({
        businessId: business.id,
        sourceId,
        startedBy: 'cli',
        runId: id,
        force: options.force ?? false,
      });
    } catch (error) {
      await finishRun(db, id, 'failed', [{ code: 'not_started', at: '', detail: '' }]);
      throw error;
    }
    if (!options.wait) return { text: `Run ${id} was started.`, data: { id, state: 'queued' } };
    return tell(await watch(() => findRun(db, id), context.terminal));
  } finally {
    await client.connection.close();
  }
}

const isOver = ({ state }: SyncRun): boolean => state !== 'queued' && state !== 'running';

/** A bar for people; a line now and then where nobody watches. */
async function watch(look: () => Promise<SyncRun>, terminal: Terminal): Promise<SyncRun> {
  const bar = process.stderr.isTTY && terminal.stdin.isTTY ? createBar() : null;
  let told = '';
  for (;;) {
    const run = await look();
    bar?.setTotal(run.total);
    bar?.update(run.done, { phase: run.phase || run.state });
    if (!bar && run.phase !== told) terminal.writeError(`${run.phase || run.state} ${run.done}/${run.total}\n`);
    told = run.phase;
    if (isOver(run)) {
      bar?.stop();
      return run;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

function createBar(): cliProgress.SingleBar {
  const format = '{bar} {percentage}% {value}/{total} {phase}';
  const bar = new cliProgress.SingleBar(
    { format, stream: process.stderr, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(0, 0, { phase: 'queued' });
  return bar;
}

function tell(run: SyncRun): Outcome {
  const { id, state, created, updated, unchanged, missing, removed, rejected } = run;
  const reasons = run.reasons as { code: string; count: number; samples: { detail: string }[] }[];
  const lines = reasons.map(({ code, count, samples }) => `  ${code} ×${count} ${samples[0]?.detail ?? ''}`.trimEnd());
  const counts = { created, updated, unchanged, missing, removed, rejected };
  const text = [
    `${state}: ${Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ')}`,
    ...lines,
  ].join('\n');
  if (state === 'failed') throw new CommandError(text);
  return { text, data: { id, state, ...counts, reasons } };
}
