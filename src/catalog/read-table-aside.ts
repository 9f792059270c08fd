import { Worker } from 'node:worker_threads';
import { InvalidInputError } from '../domain/errors.ts';
import type { Complaint } from '../domain/found-product.ts';
import type { Currency } from '../domain/money.ts';
import type { ProductTable, TableRow } from './product-table.ts';

/** What the thread tells, in this order: rows, then either the end or a refusal. */
export type TablePart =
  | { rows: TableRow[] }
  | { end: { complaints: Complaint[]; total: number } }
  | { refused: { message: string; fields: InvalidInputError['fields'] } };

/** Room for the largest table that is taken, and no more: what needs more is a trick. */
const HEAP_MB = 768;
const TIMEOUT_MS = 60_000;

/**
 * `readProductTable` in a thread of its own: a large workbook takes seconds of pure work, in which nobody else would be
 * answered. Throws InvalidInputError as it does, and for a file that takes too much time or memory.
 */
export function readTableAside(file: Buffer, currency: Currency): Promise<ProductTable> {
  const thread = new Worker(new URL('./read-table.thread.ts', import.meta.url), {
    workerData: { file, currency },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const rows: TableRow[] = [];
  const tooMuch = () => new InvalidInputError('The file is too much at once.', { file: 'Split it into smaller ones.' });
  return new Promise<ProductTable>((resolve, reject) => {
    const timer = setTimeout(() => reject(tooMuch()), TIMEOUT_MS);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    thread.on('message', (part: TablePart) => {
      if ('rows' in part) rows.push(...part.rows);
      else if ('end' in part) settle(() => resolve({ rows, ...part.end }));
      else settle(() => reject(new InvalidInputError(part.refused.message, part.refused.fields)));
    });
    thread.on('error', (error: NodeJS.ErrnoException) =>
      settle(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : error)),
    );
    thread.on('exit', () => settle(() => reject(tooMuch())));
  }).finally(() => thread.terminate());
}
