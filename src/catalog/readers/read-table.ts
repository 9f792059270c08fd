import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { InvalidInputError } from '../../platform/errors.ts';
import type { Currency } from '../../text/money.ts';
import type { TableReport } from './product-table.ts';
import type { TableRow } from './table-row.ts';

/** What the thread tells: first its report or a refusal; then, each time it is asked, more rows, and none at the end. */
export type TablePart =
  | { report: TableReport }
  | { refused: { message: string; fields: InvalidInputError['fields'] } }
  | { rows: TableRow[] };

/** Room for the largest workbook that is taken, and no more: what needs more is a trick. */
const HEAP_MB = 768;
const TIMEOUT_MS = 60_000;

/**
 * Reads a table of products in a thread of its own: a large workbook takes seconds of pure work, in which nobody else would
 * be answered. `take` is told what there is and then given the rows in parts, each read when it is asked for: a table never
 * stands in memory as a whole. Throws InvalidInputError, before `take` is called, for a file that is no table or takes too
 * much time or memory.
 */
export async function readTableAside<Result>(
  file: Buffer,
  currency: Currency,
  take: (report: TableReport, parts: AsyncIterable<TableRow[]>) => Promise<Result>,
): Promise<Result> {
  const thread = new Worker(new URL('./read-table.thread.ts', import.meta.url), {
    workerData: { file, currency },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  // Whoever waits for the thread is told of its errors; nobody else is there to hear them.
  thread.on('error', () => {});
  const ended = new AbortController();
  thread.once('exit', () => ended.abort());
  try {
    const first = await hear(thread, ended.signal);
    if ('refused' in first) throw new InvalidInputError(first.refused.message, first.refused.fields);
    if (!('report' in first)) throw new TypeError('The thread began with rows.');
    return await take(first.report, askForParts(thread, ended.signal));
  } finally {
    await thread.terminate();
  }
}

async function* askForParts(thread: Worker, ended: AbortSignal): AsyncGenerator<TableRow[]> {
  for (;;) {
    const answer = hear(thread, ended);
    thread.postMessage('more');
    const part = await answer;
    if (!('rows' in part) || part.rows.length === 0) return;
    yield part.rows;
  }
}

async function hear(thread: Worker, ended: AbortSignal): Promise<TablePart> {
  const signal = AbortSignal.any([ended, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    const [part] = (await once(thread, 'message', { signal })) as [TablePart];
    return part;
  } catch (error) {
    const isTooMuch = signal.aborted || (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
    throw isTooMuch
      ? new InvalidInputError('The file is too much at once.', { file: 'Split it into smaller ones.' })
      : error;
  }
}
