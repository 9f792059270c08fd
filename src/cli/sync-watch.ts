import { setTimeout as sleep } from 'node:timers/promises';
import cliProgress from 'cli-progress';
import type { SyncRun } from '../catalog/sync-run-store.ts';
import { CommandError, type Outcome, type Terminal } from './command.ts';

const LOOK_EVERY_MS = 500;

const isOver = ({ state }: SyncRun): boolean => state !== 'queued' && state !== 'running';

/**
 * Shows a run until it has ended: a bar for people, a line now and then where nobody watches. Ctrl-C ends the watching, not
 * the run, which is the worker's. Throws CommandError then, with how far it was.
 */
export async function watchSync(look: () => Promise<SyncRun>, terminal: Terminal): Promise<SyncRun> {
  const interrupted = new AbortController();
  terminal.onInterrupt?.(() => interrupted.abort());
  const bar = process.stderr.isTTY && terminal.stdin.isTTY ? createBar() : null;
  let told = '';
  try {
    for (;;) {
      const run = await look();
      // Nothing out of nothing would be a full bar.
      bar?.setTotal(Math.max(run.total, 1));
      bar?.update(run.done, { phase: run.phase || run.state, known: run.total });
      if (!bar && run.phase !== told) terminal.writeError(`${run.phase || run.state} ${run.done}/${run.total}\n`);
      told = run.phase;
      if (isOver(run)) return run;
      await sleep(LOOK_EVERY_MS, undefined, { signal: interrupted.signal }).catch(() => undefined);
      if (interrupted.signal.aborted) throw leave(run);
    }
  } finally {
    // Also gives the cursor back.
    bar?.stop();
  }
}

function leave(run: SyncRun): CommandError {
  return new CommandError(
    `Not watching any more. Run ${run.id} goes on without you (${run.done} of ${run.total}): see it in the panel, or end it with\n` +
      '  npm run peyk -- sync-products --cancel',
    outcomeOf(run).data,
  );
}

function createBar(): cliProgress.SingleBar {
  const format = '{bar} {percentage}% {value}/{known} {phase}';
  const bar = new cliProgress.SingleBar(
    { format, stream: process.stderr, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(1, 0, { phase: 'queued', known: 0 });
  return bar;
}

/** What a run did, in words and numbers. Throws CommandError with the same when it failed or was cancelled. */
export function tellSync(run: SyncRun): Outcome {
  const outcome = outcomeOf(run);
  if (run.state === 'failed' || run.state === 'cancelled') throw new CommandError(outcome.text, outcome.data);
  return outcome;
}

function outcomeOf(run: SyncRun): Outcome {
  const { id, state, created, updated, unchanged, missing, removed, rejected } = run;
  const reasons = run.reasons as { code: string; count: number; samples: { detail: string }[] }[];
  const lines = reasons.map(({ code, count, samples }) => `  ${code} ×${count} ${samples[0]?.detail ?? ''}`.trimEnd());
  const counts = { created, updated, unchanged, missing, removed, rejected };
  const figures = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return { text: [`${state}: ${figures.join(', ')}`, ...lines].join('\n'), data: { id, state, ...counts, reasons } };
}
