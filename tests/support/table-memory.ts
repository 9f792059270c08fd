// How much memory the reading of a table takes, in a process that does nothing else: prints JSON. Argument: the file.
import { readFile } from 'node:fs/promises';
import { readTableAside } from '../../src/catalog/readers/read-table.ts';

const LOOK_MS = 5;

const file = await readFile(process.argv[2] as string);
const before = process.memoryUsage.rss();
let peak = before;
const looks = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, LOOK_MS);
let rows = 0;
const report = await readTableAside(file, 'IRT', async (found, parts) => {
  for await (const part of parts) rows += part.length;
  return found;
});
clearInterval(looks);
process.stdout.write(JSON.stringify({ ...report, rows, bytes: peak - before }));
