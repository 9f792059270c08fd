// Reads a table of products beside the event loop; only `readTableAside` starts it.
import { on } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { InvalidInputError } from '../../platform/errors.ts';
import type { Currency } from '../../text/money.ts';
import { openProductTable, type TableReading, type TableReport } from './product-table.ts';
import type { TablePart } from './read-table.ts';
import type { TableRow } from './table-row.ts';

/** Taking over a message costs the receiver time as well, so the rows come in small parts. */
const ROWS_OF_PART = 250;

const { file, currency } = workerData as { file: Uint8Array; currency: Currency };
const port = parentPort as NonNullable<typeof parentPort>;
/** Keeps what is asked while rows are read. */
const asked = on(port, 'message');
const post = (part: TablePart): void => port.postMessage(part);

/** To its end, so that a file which cannot be read whole is refused before anything of it is taken. */
async function look(read: TableReading): Promise<TableReport> {
  const rows = read();
  for (;;) {
    const { done, value } = await rows.next();
    if (done) return value;
  }
}

async function hand(read: TableReading): Promise<void> {
  let part: TableRow[] = [];
  const handPart = async (): Promise<void> => {
    await asked.next();
    post({ rows: part });
    part = [];
  };
  for await (const row of read()) if (part.push(row) >= ROWS_OF_PART) await handPart();
  if (part.length > 0) await handPart();
  await handPart();
}

try {
  const read = await openProductTable(Buffer.from(file), currency);
  post({ report: await look(read) });
  await hand(read);
} catch (error) {
  if (!(error instanceof InvalidInputError)) throw error;
  post({ refused: { message: error.message, fields: error.fields } });
}
