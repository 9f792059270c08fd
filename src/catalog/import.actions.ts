import { z } from 'zod';
import { newId } from '../inbox/new-id.ts';
import { actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf, withAudit } from '../platform/http/resources/audited.ts';
import { CURRENCY_CODES, type Currency } from '../text/money.ts';
import type { Complaint } from './found-product.ts';
import type { CatalogNeeds } from './needs.ts';
import { saveProducts } from './product-write-store.ts';
import type { TableRow } from './readers/table-row.ts';
import { catalogOf, runSubject } from './sync.actions.ts';
import { beginRun, finishRun, noteStep } from './sync-run-store.ts';
import { syncRunRecord, syncRuns } from './sync-runs.resource.ts';

const defineAction = actionsOf<CatalogNeeds>();

const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Takes over a table of products. Rows that cannot be read are listed in the answer and harm no other. */
export const importProducts = defineAction({
  method: 'post',
  path: '/api/products/import',
  summary: 'Imports a CSV or Excel table of products (the file is the body). Answers with a report by row.',
  permission: 'manage-products',
  upload: { maxBytes: MAX_FILE_BYTES },
  query: z.strictObject({ currency: z.enum(CURRENCY_CODES as [Currency, ...Currency[]]).default('IRT') }),
  status: 200,
  response: syncRunRecord,
  run: ({ deps, principal, query, file }) =>
    catalogOf(deps).readTable(file, query.currency, async ({ taken, total, complaints, heading }, parts) => {
      const { businessId, actor } = principal;
      const id = newId();
      const unread = total - taken;
      const tally = { made: 0, rejected: unread, priceless: 0 };
      const begin = async () => {
        await beginRun(deps.db, { id, businessId, source: 'import', startedBy: actor, workflowId: '' });
        // Rows of parts that were stored stay; the report must not say that the others are still coming.
        await save().catch(async (error: unknown) => {
          await finishRun(deps.db, id, 'failed', [{ code: 'interrupted', at: '', detail: '' }]);
          throw error;
        });
      };
      const save = async () => {
        const owner = { businessId, source: 'import' as const, sourceId: null, readPages: false };
        await deps.db.$transaction((tx) =>
          noteStep(tx, id, { counts: { rejected: unread, done: unread, total }, complaints }),
        );
        for await (const rows of parts) {
          await deps.db.$transaction(
            async (tx) => {
              const { counts, unmade, priceless } = await saveProducts(tx, owner, rows, 'table');
              const done = rows.reduce((sum, row) => sum + row.rows, 0);
              await noteStep(tx, id, {
                counts: { ...counts, done, rejected: unmade.length },
                complaints: complaintsOf(rows, { unmade, priceless, heading }),
              });
              tally.made += rows.length - unmade.length;
              tally.rejected += unmade.length;
              tally.priceless += priceless.length;
            },
            { timeout: 60_000, maxWait: 10_000 },
          );
        }
        const isWhole = tally.rejected === 0 && tally.priceless === 0;
        await finishRun(deps.db, id, tally.made === 0 ? 'failed' : isWhole ? 'done' : 'partial');
      };
      const subject = await runSubject(deps, principal, 'import');
      const entry = { ...entryOf(syncRuns, { id }, principal, 'import'), subject };
      await withAudit(deps.db, entry, begin, () => ({ rows: tally.made, rejected: tally.rejected }));
      return syncRuns.present(await findOwned(deps, syncRuns, principal, id), deps.presentContext);
    }),
});

/** Rows whose price nobody knows: new ones of a table without prices are not taken at all. */
function complaintsOf(
  rows: readonly TableRow[],
  { unmade, priceless, heading }: { unmade: string[]; priceless: string[]; heading: string[] },
): Complaint[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const of = (code: string, key: string, detail: string): Complaint => ({
    code,
    at: `row ${byKey.get(key)?.row}`,
    detail,
  });
  return [
    ...unmade.map((key) => of('row_without_price_column', key, heading.join(', '))),
    ...priceless.map((key) => of('without_price', key, byKey.get(key)?.found.title ?? '')),
  ];
}

export const importTemplate = defineAction({
  method: 'get',
  path: '/api/catalog/import-template',
  summary: 'The columns of a table of products, with an example row.',
  permission: 'view-conversations',
  status: 200,
  response: z.object({ rows: z.array(z.array(z.string())) }),
  async run({ deps }) {
    return { rows: catalogOf(deps).tableTemplate.map((row) => [...row]) };
  },
});
