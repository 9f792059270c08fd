import { z } from 'zod';
import { newId } from '../inbox/new-id.ts';
import { actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf, withAudit } from '../platform/http/resources/audited.ts';
import { CURRENCY_CODES, type Currency } from '../text/money.ts';
import type { CatalogNeeds } from './needs.ts';
import { saveProducts } from './product-write-store.ts';
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
    catalogOf(deps).readTable(file, query.currency, async ({ taken, total, complaints }, parts) => {
      const { businessId, actor } = principal;
      const id = newId();
      const rejected = total - taken;
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
          noteStep(tx, id, { counts: { rejected, done: rejected, total }, complaints }),
        );
        for await (const rows of parts) {
          await deps.db.$transaction(
            async (tx) => {
              const saved = await saveProducts(tx, owner, rows, 'table');
              await noteStep(tx, id, { counts: { ...saved, done: rows.length } });
            },
            { timeout: 60_000, maxWait: 10_000 },
          );
        }
        await finishRun(deps.db, id, taken === 0 ? 'failed' : rejected > 0 ? 'partial' : 'done');
      };
      const subject = await runSubject(deps, principal, 'import');
      const entry = { ...entryOf(syncRuns, { id }, principal, 'import'), subject };
      await withAudit(deps.db, entry, begin, () => ({ rows: taken, rejected }));
      return syncRuns.present(await findOwned(deps, syncRuns, principal, id), deps.presentContext);
    }),
});

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
