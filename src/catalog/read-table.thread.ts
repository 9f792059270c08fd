// Reads a table of products beside the event loop; only `readTableAside` starts it.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { InvalidInputError } from '../domain/errors.ts';
import type { Currency } from '../domain/money.ts';
import { readProductTable } from './product-table.ts';
import type { TablePart } from './read-table-aside.ts';

/** Taking over a message costs the receiver time as well, so the rows come in small parts. */
const ROWS_OF_PART = 250;

const { file, currency } = workerData as { file: Uint8Array; currency: Currency };
const post = (part: TablePart): void => parentPort?.postMessage(part);

try {
  const { rows, complaints, total } = await readProductTable(Buffer.from(file), currency);
  for (let at = 0; at < rows.length; at += ROWS_OF_PART) {
    post({ rows: rows.slice(at, at + ROWS_OF_PART) });
    await nextTurn();
  }
  post({ end: { complaints, total } });
} catch (error) {
  if (!(error instanceof InvalidInputError)) throw error;
  post({ refused: { message: error.message, fields: error.fields } });
}
